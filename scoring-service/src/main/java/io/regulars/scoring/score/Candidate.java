package io.regulars.scoring.score;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.regulars.scoring.forecast.Forecast;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.model.Model;
import io.regulars.scoring.model.Scorecard;

/// A customer under scoring: facts, what was written before, what the model says now.
///
/// @param erased whether the customer is gone, so that readers of the changes hear no more of them
/// @param live whether the steps that this change is may start campaigns; else they are backfill
/// @param told whether the windows that are open now may
/// @param dated whether those steps are dated by the facts; else they happen now
record Candidate(
        PurchaseHistory history,
        StoredScore before,
        StoredScore after,
        Scorecard card,
        boolean erased,
        boolean live,
        boolean told,
        boolean dated) {

    private static final Duration STILL_TOLD = Duration.ofMinutes(5);

    /// By how much the clocks of replicas may differ. A clock that was put back further was wrong before.
    private static final Duration SKEW = Duration.ofMinutes(5);

    static Candidate of(ScoreRows.Held row, List<Forecast> forecasts, Model model, Instant now, Cause cause) {
        var at = neverBack(row.scoredAt(), now);
        var card = model.score(row.history(), forecasts, row.pin(), at);
        var overdue = overdue(cause, row, at);
        var live = overdue
                || row.unscoredLive()
                || cause.live().contains(row.history().customerId());
        var told = live || stillTold(cause, row, at);
        return new Candidate(
                row.history(),
                row.before(),
                row.before().next(card, model),
                card,
                row.erased(),
                live,
                told,
                overdue || cause.dates(live));
    }

    /// A customer whom one replica has taken past midnight is not taken back by another whose clock is slower:
    /// they would fall asleep once more a moment later, and be told so twice.
    private static Instant neverBack(Instant scoredAt, Instant now) {
        var ahead = scoredAt != null && scoredAt.isAfter(now) && !scoredAt.isAfter(now.plus(SKEW));
        return ahead ? scoredAt : now;
    }

    /// What time has brought about is told, also where a recompute comes to it before the review does.
    private static boolean overdue(Cause cause, ScoreRows.Held row, Instant at) {
        var dueAt = row.before().dueAt();
        return cause.kind() == Cause.Kind.recompute && dueAt != null && !dueAt.isAfter(at);
    }

    /// A reader may see only the last of several events of one customer. So a recompute that follows a live
    /// change closely speaks as that one did, or a window that just opened would be taken for backfill. Steps
    /// carry their own flag.
    private static boolean stillTold(Cause cause, ScoreRows.Held row, Instant at) {
        var toldAt = row.toldAt();
        return cause.kind() == Cause.Kind.recompute && toldAt != null && toldAt.isAfter(at.minus(STILL_TOLD));
    }

    long customerId() {
        return history.customerId();
    }

    /// When it was scored.
    Instant at() {
        return card.at();
    }

    /// Whether all that is stored is as it should be.
    boolean same() {
        return before.version() > 0 && after.rowSame(before) && after.dueSame(before);
    }

    boolean published() {
        return after.version() != before.version();
    }
}
