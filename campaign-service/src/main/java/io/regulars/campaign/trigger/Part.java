package io.regulars.campaign.trigger;

import java.util.List;
import java.util.Map;

import io.regulars.campaign.audience.Standing;
import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// A standing of which nothing is known but what moved: a trigger sees in it the one cause that there was.
final class Part {

    private Part() {}

    static Standing tier(Standing now) {
        return new Standing(
                now.tier(),
                now.tierRank(),
                now.tierPrevious(),
                now.tierPreviousRank(),
                now.tierSeq(),
                null,
                0,
                null,
                0,
                List.of());
    }

    static Standing group(Standing now) {
        return of(now.group(), now.groupSeq(), null, 0, List.of(), 0, null);
    }

    static Standing stage(Standing now) {
        return of(null, 0, now.stage(), now.stageSeq(), List.of(), 0, null);
    }

    static Standing churn(Standing now) {
        return of(null, 0, null, 0, List.of(), now.churnStep(), null);
    }

    static Standing window(RepurchaseWindow window) {
        return of(null, 0, null, 0, List.of(window), 0, null);
    }

    static Standing classes(String name, Standing.Entered entered) {
        return of(null, 0, null, 0, List.of(), 0, Map.of(name, entered));
    }

    private static Standing of(
            String group,
            long groupSeq,
            String stage,
            long stageSeq,
            List<RepurchaseWindow> windows,
            long churnStep,
            Map<String, Standing.Entered> classes) {
        return new Standing(null, -1, null, -1, 0, group, groupSeq, stage, stageSeq, windows, churnStep, classes);
    }
}
