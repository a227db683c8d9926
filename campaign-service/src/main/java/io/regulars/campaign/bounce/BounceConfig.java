package io.regulars.campaign.bounce;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "regulars.bounces")
interface BounceConfig {

    /// At the end of the path that the operator's mail server posts to; without one nobody may.
    Optional<String> token();

    /// So many e-mails that came back for a reason that may pass, and the address is written to no more.
    @WithDefault("5")
    int softLimit();

    /// Within this time, after which they are forgotten.
    @WithDefault("P30D")
    Duration softWithin();

    /// A mailbox that e-mails come back to, for whoever has no mail server that could post them.
    Imap imap();

    interface Imap {

        /// Without one no mailbox is read.
        Optional<String> host();

        /// 993, or 143 where TLS does not come first.
        OptionalInt port();

        @WithDefault("implicit")
        Tls tls();

        Optional<String> username();

        Optional<String> password();

        @WithDefault("INBOX")
        String folder();

        /// Where messages go that were read; without it they stay, marked as seen.
        Optional<String> doneFolder();

        @WithDefault("PT1M")
        Duration poll();

        /// For the connection and each answer.
        @WithDefault("PT20S")
        Duration timeout();

        /// Messages at once.
        @WithDefault("50")
        int batch();
    }

    enum Tls {
        /// From the first byte on.
        IMPLICIT,

        /// After the command, or not at all.
        STARTTLS,

        /// On this machine, or through a tunnel.
        NONE
    }
}
