package io.regulars.scoring.score;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.regulars.scoring.Words;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.model.Model;
import io.regulars.scoring.model.Reasons;
import io.regulars.scoring.score.Step.Dimension;

/// The steps that a change of a scorecard is: numbered, dated and explained.
final class Steps {

    private Steps() {}

    /// @param last the customer's last step in each dimension
    static List<Step> of(Shop shop, Model model, Candidate one, Map<Dimension, Step> last) {
        var reasons = new Reasons(model, shop);
        var steps = new ArrayList<Step>(3);
        var dates = one.dated();
        var after = one.after();
        var before = one.before();
        if (after.tierSeq() > before.tierSeq()) {
            var since = dates ? StandingDays.start(model, one.card().tier().since()) : null;
            steps.add(step(
                    one,
                    Dimension.tier,
                    after.tierSeq(),
                    after.tier(),
                    after.tierRank(),
                    last,
                    since,
                    reasons.tier(one.card())));
        }
        if (after.groupSeq() > before.groupSeq()) {
            steps.add(step(
                    one,
                    Dimension.group,
                    after.groupSeq(),
                    after.group(),
                    -1,
                    last,
                    null,
                    reasons.group(one.card(), one.customerId())));
        }
        if (after.stageSeq() > before.stageSeq()) {
            var day = dates ? model.lifecycle().since(one.history(), one.card().day()) : null;
            var since = day == null ? null : model.startOf(day);
            steps.add(step(
                    one,
                    Dimension.stage,
                    after.stageSeq(),
                    after.stage(),
                    -1,
                    last,
                    since,
                    reasons.stage(one.card(), one.history())));
        }
        if (after.churnSeq() > before.churnSeq()) {
            steps.add(step(
                    one,
                    Dimension.churn,
                    after.churnSeq(),
                    after.churn(),
                    -1,
                    last,
                    dates ? after.churnSince() : null,
                    reasons.churn(one.card(), one.history())));
        }
        return steps;
    }

    /// A step that the facts date is dated so, but never before the one that it follows; the others happen now.
    private static Step step(
            Candidate one,
            Dimension dimension,
            long seq,
            String key,
            int rank,
            Map<Dimension, Step> last,
            Instant dated,
            Words reason) {
        var before = last.get(dimension);
        var since = dated == null ? one.at() : dated;
        if (before != null && since.isBefore(before.since())) {
            since = one.at();
        }
        return new Step(
                one.customerId(),
                dimension,
                seq,
                key,
                rank,
                before == null ? null : before.key(),
                before == null ? -1 : before.rank(),
                since,
                reason,
                0,
                !one.live());
    }
}
