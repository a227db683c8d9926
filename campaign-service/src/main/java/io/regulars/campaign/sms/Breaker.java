package io.regulars.campaign.sms;

import java.time.Duration;
import java.time.Instant;

/// Keeps messages away from a provider that fails. It opens after five failures in a row, or at once where
/// the provider says how long to wait; then it lets one message at a time try, and closes when one succeeds.
final class Breaker {

    private static final int FAILURES = 5;
    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofSeconds(20);
    private static final Duration WHILE_ONE_TRIES = Duration.ofSeconds(1);
    private static final Duration LONGEST_TRIAL = Duration.ofMinutes(1);

    private int failures;
    private Duration rest = FIRST_REST;
    private Instant openUntil;
    private Instant trialUntil = Instant.MIN;

    /// Whether a message may go; while it is open, one at a time once its rest is over.
    synchronized boolean permits(Instant now) {
        if (openUntil == null) {
            return true;
        }
        if (now.isBefore(openUntil) || now.isBefore(trialUntil)) {
            return false;
        }
        trialUntil = now.plus(LONGEST_TRIAL);
        return true;
    }

    /// How many of so many would be let through now: all, or the one that tries, or none.
    synchronized int room(int wanted, Instant now) {
        if (openUntil == null) {
            return wanted;
        }
        return now.isBefore(openUntil) || now.isBefore(trialUntil) ? 0 : Math.min(1, wanted);
    }

    synchronized void succeeded() {
        failures = 0;
        rest = FIRST_REST;
        openUntil = null;
        trialUntil = Instant.MIN;
    }

    /// @param asked how long the provider asks to wait, or null
    synchronized void failed(Instant now, Duration asked) {
        failures++;
        trialUntil = Instant.MIN;
        if (failures < FAILURES && asked == null) {
            return;
        }
        Duration pause = asked != null && asked.compareTo(rest) > 0 ? asked : rest;
        if (openUntil == null || now.plus(pause).isAfter(openUntil)) {
            openUntil = now.plus(pause);
        }
        rest = rest.multipliedBy(2).compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest.multipliedBy(2);
    }

    /// Nobody found out anything: the trial was for nothing.
    synchronized void abandoned() {
        trialUntil = Instant.MIN;
    }

    /// How long until a message may go: while another one tries, that is known soon.
    synchronized Duration closedFor(Instant now) {
        if (openUntil == null) {
            return Duration.ZERO;
        }
        return openUntil.isAfter(now) ? Duration.between(now, openUntil) : WHILE_ONE_TRIES;
    }
}
