package io.regulars.campaign.recommend;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How often, and from how much, it is worked out what goes with what.
@ConfigMapping(prefix = "regulars.recommendations")
interface RecommendConfig {

    @WithDefault("PT6H")
    Duration every();

    /// While a shop's orders grow by more than a tenth between two runs: it is new, or being loaded.
    @WithDefault("PT10M")
    Duration everyWhileGrowing();

    @WithDefault("PT5S")
    Duration poll();

    /// Orders older than that tell nothing of what is bought together.
    @WithDefault("P180D")
    Duration window();

    /// The latest orders of a shop that a run looks at; with `largestOrder` it bounds what a run costs.
    @WithDefault("200000")
    int mostOrders();

    /// Larger orders are left out: a wholesaler's basket pairs everything with everything.
    @WithDefault("30")
    int largestOrder();
}
