package io.regulars.campaign.audience;

import java.util.List;

import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// What the customer's last score says. A `seq` of 0 says that no score has come yet.
///
/// @param windows the repurchase windows that were open when the customer was scored
public record Standing(
        String tier,
        int tierRank,
        String tierPrevious,
        int tierPreviousRank,
        long tierSeq,
        String group,
        long groupSeq,
        String stage,
        long stageSeq,
        List<RepurchaseWindow> windows) {

    static final Standing UNSCORED = new Standing(null, -1, null, -1, 0, null, 0, null, 0, List.of());
}
