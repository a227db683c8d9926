package io.regulars.scoring.score;

import java.time.Instant;

import io.regulars.scoring.Words;

/// One tier change, one entering of a group or a stage, or one warning of churn, as callers see it.
///
/// @param backfill came from loaded history or a recompute, and started no campaign
public record StepView(
        String dimension,
        long seq,
        String key,
        String previous,
        String direction,
        Instant since,
        Words reason,
        int modelVersion,
        boolean backfill) {

    static StepView from(Step step) {
        return new StepView(
                step.dimension().name(),
                step.seq(),
                step.key(),
                step.previous(),
                direction(step),
                step.since(),
                step.reason(),
                step.modelVersion(),
                step.backfill());
    }

    /// Only a ladder has an up and a down.
    private static String direction(Step step) {
        if (step.dimension() != Step.Dimension.tier || step.previous() == null) {
            return null;
        }
        return step.rank() > step.previousRank() ? "up" : "down";
    }
}
