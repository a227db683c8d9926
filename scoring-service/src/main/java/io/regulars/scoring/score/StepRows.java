package io.regulars.scoring.score;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.Words;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.model.Model;
import io.regulars.scoring.model.Reasons;
import io.regulars.scoring.rows.Columns;
import io.regulars.scoring.score.Step.Dimension;
import org.jdbi.v3.core.Jdbi;

/// The steps of customers: numbered, explained, kept for ever.
@ApplicationScoped
class StepRows {

    /// The last step of each dimension: the score names them.
    private static final String LAST = """
            select t.* from score s
            join score_step t using (merchant_id, customer_id)
            where s.merchant_id = :merchant and s.customer_id = any(:customers)
              and t.seq = case t.dimension when 'tier' then s.tier_seq when 'group' then s.group_seq
                else s.stage_seq end
            """;

    private static final String INSERT = """
            insert into score_step (merchant_id, customer_id, dimension, seq, key, rank, previous, previous_rank,
              since, reason_zh, reason_en, model_version, backfill)
            select :merchant, customer_id, dimension, seq, key, rank, previous, previous_rank, since, zh, en, :model,
              backfill
            from unnest(:customers::bigint[], :dimensions::text[], :seqs::bigint[], :keys::text[], :ranks::int[],
                :previous::text[], :previousRanks::int[], :since::text[]::timestamptz[], :zh::text[], :en::text[],
                :backfill::text[]::boolean[])
              as t (customer_id, dimension, seq, key, rank, previous, previous_rank, since, zh, en, backfill)
            """;

    private static final String OF_CUSTOMER = """
            select * from score_step
            where merchant_id = :merchant and customer_id = :customer
              and (:dimension::text is null or dimension = :dimension)
              and (:since::timestamptz is null or (since, dimension, seq) < (:since::timestamptz, :beforeDimension::text, :beforeSeq::bigint))
            order by since desc, dimension desc, seq desc limit :limit
            """;

    /// A customer's present step in each dimension; the group's is absent while there is none.
    record Present(Step tier, Step group, Step stage) {}

    /// A step's place in a customer's list.
    record Place(Instant since, String dimension, long seq) {}

    private final Jdbi jdbi;

    StepRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Adds the steps that these changes are. To be called before the scores are written.
    Map<Long, Present> advance(Shop shop, Model model, Instant at, Cause cause, List<Candidate> changed) {
        var last = last(shop.merchantId(), changed);
        var made = new ArrayList<Step>();
        for (var one : changed) {
            made.addAll(steps(shop, model, at, one, cause.dates(one.live()), last.get(one.customerId())));
        }
        insert(shop.merchantId(), model.version(), made);
        made.forEach(step -> last.get(step.customerId()).put(step.dimension(), step));
        var present = new HashMap<Long, Present>();
        last.forEach((customer, of) -> present.put(
                customer, new Present(of.get(Dimension.tier), of.get(Dimension.group), of.get(Dimension.stage))));
        return present;
    }

    private Map<Long, Map<Dimension, Step>> last(int merchant, List<Candidate> changed) {
        var last = new HashMap<Long, Map<Dimension, Step>>();
        changed.forEach(one -> last.put(one.customerId(), new EnumMap<>(Dimension.class)));
        var scored = changed.stream()
                .filter(one -> one.before().version() > 0)
                .map(Candidate::customerId)
                .toList();
        if (!scored.isEmpty()) {
            jdbi.useHandle(handle -> handle.createQuery(LAST)
                    .bind("merchant", merchant)
                    .bindArray("customers", Long.class, scored)
                    .map((row, context) -> Step.read(row))
                    .forEach(step -> last.get(step.customerId()).put(step.dimension(), step)));
        }
        return last;
    }

    private static List<Step> steps(
            Shop shop, Model model, Instant at, Candidate one, boolean dates, Map<Dimension, Step> last) {
        var reasons = new Reasons(model, shop.currency());
        var steps = new ArrayList<Step>(3);
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
                    at,
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
                    at,
                    reasons.group(one.card())));
        }
        if (after.stageSeq() > before.stageSeq()) {
            var day = model.lifecycle()
                    .since(one.card().stage(), one.history(), one.card().day());
            var since = day == null || !dates ? null : model.startOf(day);
            steps.add(step(
                    one,
                    Dimension.stage,
                    after.stageSeq(),
                    after.stage(),
                    -1,
                    last,
                    since,
                    at,
                    reasons.stage(one.card(), one.history())));
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
            Instant at,
            Words reason) {
        var before = last.get(dimension);
        var since = dated == null ? at : dated;
        if (before != null && since.isBefore(before.since())) {
            since = at;
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

    private void insert(int merchant, int modelVersion, List<Step> steps) {
        if (steps.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> Columns.of(
                        handle.createUpdate(INSERT).bind("merchant", merchant).bind("model", modelVersion), steps)
                .longs("customers", Step::customerId)
                .texts("dimensions", Step::dimension)
                .longs("seqs", Step::seq)
                .texts("keys", Step::key)
                .ints("ranks", Step::rank)
                .texts("previous", Step::previous)
                .ints("previousRanks", Step::previousRank)
                .texts("since", Step::since)
                .texts("zh", step -> step.reason().zh())
                .texts("en", step -> step.reason().en())
                .texts("backfill", Step::backfill)
                .bound()
                .execute());
    }

    /// A customer's steps, the latest first, from after the given place on.
    List<Step> of(int merchant, long customer, String dimension, Place after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_CUSTOMER)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("dimension", dimension)
                .bind("since", after == null ? null : after.since())
                .bind("beforeDimension", after == null ? null : after.dimension())
                .bind("beforeSeq", after == null ? null : after.seq())
                .bind("limit", limit)
                .map((row, context) -> Step.read(row))
                .list());
    }
}
