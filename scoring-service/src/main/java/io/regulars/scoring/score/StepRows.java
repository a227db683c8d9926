package io.regulars.scoring.score;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.history.Shop;
import io.regulars.scoring.model.Model;
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
                when 'churn' then s.churn_seq else s.stage_seq end
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

    /// A customer's last step in each dimension; those of group and churn are absent before the first.
    record Present(Step tier, Step group, Step stage, Step churn) {}

    /// A step's place in a customer's list.
    record Place(Instant since, String dimension, long seq) {}

    private final Jdbi jdbi;

    StepRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Adds the steps that these changes are. To be called before the scores are written.
    Map<Long, Present> advance(Shop shop, Model model, List<Candidate> changed) {
        var last = last(shop.merchantId(), changed);
        var made = new ArrayList<Step>();
        for (var one : changed) {
            made.addAll(Steps.of(shop, model, one, last.get(one.customerId())));
        }
        insert(shop.merchantId(), model.version(), made);
        made.forEach(step -> last.get(step.customerId()).put(step.dimension(), step));
        var present = new HashMap<Long, Present>();
        last.forEach((customer, of) -> present.put(
                customer,
                new Present(
                        of.get(Dimension.tier),
                        of.get(Dimension.group),
                        of.get(Dimension.stage),
                        of.get(Dimension.churn))));
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
