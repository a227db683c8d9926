package io.regulars.campaign.bounce;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "regulars.bounces")
interface BounceConfig {

    /// At the end of the path that the operator's mail server posts to; without one nobody may.
    Optional<String> token();

    /// So many e-mails that came back for a reason that may pass, and the address is written to no more.
    @WithDefault("5")
    int softLimit();

    /// Within this time.
    @WithDefault("P30D")
    Duration softWithin();
}
