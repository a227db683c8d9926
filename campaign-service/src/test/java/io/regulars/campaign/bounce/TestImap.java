package io.regulars.campaign.bounce;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// A mailbox on this machine.
final class TestImap {

    private TestImap() {}

    static BounceConfig.Imap of(int port, String user, int batch, String doneFolder, BounceConfig.Tls tls) {
        return new BounceConfig.Imap() {
            @Override
            public Optional<String> host() {
                return Optional.of("127.0.0.1");
            }

            @Override
            public OptionalInt port() {
                return OptionalInt.of(port);
            }

            @Override
            public BounceConfig.Tls tls() {
                return tls;
            }

            @Override
            public Optional<String> username() {
                return Optional.of(user);
            }

            @Override
            public Optional<String> password() {
                return Optional.of("secret");
            }

            @Override
            public String folder() {
                return "INBOX";
            }

            @Override
            public Optional<String> doneFolder() {
                return Optional.ofNullable(doneFolder);
            }

            @Override
            public Duration poll() {
                return Duration.ofSeconds(1);
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(5);
            }

            @Override
            public int batch() {
                return batch;
            }
        };
    }
}
