package io.regulars.campaign.channel;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The relay that takes our e-mail.
@ConfigMapping(prefix = "regulars.smtp")
interface SmtpConfig {

    @WithDefault("localhost")
    String host();

    @WithDefault("25")
    int port();

    /// The address that messages come from; the shop's name is put before it.
    @WithDefault("no-reply@regulars.example")
    String from();

    /// Where undeliverable messages come back to, such as `bounce@mail.example`: each from `bounce+…@`, which
    /// names it. Without it they come back to the address above.
    Optional<String> bounces();

    Optional<String> username();

    Optional<String> password();

    /// Where it is not said, a relay that we log in to must offer TLS, and any other may.
    Optional<Tls> tls();

    /// Whether the connection is encrypted before anything of a message is said.
    enum Tls {
        DISABLED,

        /// By STARTTLS (RFC 3207) where the relay offers it: who sits on the way can take the offer out, and read
        /// along.
        OPTIONAL,

        /// By STARTTLS, or not at all.
        REQUIRED,

        /// From the first byte on, as on port 465 (RFC 8314).
        IMPLICIT;

        static Tls of(SmtpConfig config) {
            return config.tls().orElse(config.username().isPresent() ? REQUIRED : OPTIONAL);
        }
    }

    /// How we introduce ourselves; a fixed name spares a look-up of our own.
    @WithDefault("regulars")
    String helo();

    @WithDefault("PT5S")
    Duration connectTimeout();

    /// For each answer. Shorter than a lease, so that a hanging relay is given up before its message is.
    @WithDefault("PT20S")
    Duration timeout();

    /// A connection that rests longer is closed, before the relay does it.
    @WithDefault("PT20S")
    Duration idle();
}
