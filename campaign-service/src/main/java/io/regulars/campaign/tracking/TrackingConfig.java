package io.regulars.campaign.tracking;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "regulars.tracking")
interface TrackingConfig {

    /// How long to wait before a click counts, so that it is seen whether all other links are clicked as well.
    @WithDefault("PT10S")
    Duration judgeAfter();

    /// Nobody reads faster: what comes sooner after the send is a scanner's.
    @WithDefault("PT5S")
    Duration fastest();

    /// So long a hit is kept: counts tell of this time alone. What campaigns brought is told by their
    /// messages.
    @WithDefault("P400D")
    Duration kept();

    /// Different links of one message within the time above that no person clicks.
    @WithDefault("3")
    int links();
}
