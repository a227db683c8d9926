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

    /// `disabled`, `optional` or `required`.
    @WithDefault("optional")
    String startTls();

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
