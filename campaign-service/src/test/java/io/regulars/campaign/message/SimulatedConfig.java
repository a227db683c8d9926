package io.regulars.campaign.message;

import java.time.Duration;

/// The default settings, with fewer attempts.
final class SimulatedConfig {

    static final MessageConfig CONFIG = new MessageConfig() {
        @Override
        public int emailConcurrency() {
            return 3;
        }

        @Override
        public int smsConcurrency() {
            return 3;
        }

        @Override
        public int ahead() {
            return 1;
        }

        @Override
        public int inboxBatch() {
            return 3;
        }

        @Override
        public Duration lease() {
            return MessagesInMemory.LEASE;
        }

        @Override
        public Duration poll() {
            return Duration.ofMillis(250);
        }

        @Override
        public Duration firstRetry() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Duration longestRetry() {
            return Duration.ofHours(1);
        }

        @Override
        public int attempts() {
            return 3;
        }
    };

    private SimulatedConfig() {}
}
