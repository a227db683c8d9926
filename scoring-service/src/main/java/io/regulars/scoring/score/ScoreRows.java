package io.regulars.scoring.score;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.Pin;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.rows.Columns;
import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;

/// Histories handed out with the scores that they had, and the scores written back.
@ApplicationScoped
class ScoreRows {

    /// In the order of their ids, as everyone locks. A statement of its own: one that had to wait for a lock sees
    /// the rows that it joins as they were before it waited.
    private static final String LOCK = """
            select customer_id from history where merchant_id = :merchant and customer_id = any(:customers)
            order by customer_id for update
            """;

    private static final String READ = """
            select %s, h.unscored_live, h.erased, s.version, s.frequency,
              s.monetary, s.last_order_day, s.tier, s.tier_rank, s.falls_at, s.rfm_group, s.stage, s.open_windows,
              s.classes, s.tier_seq, s.group_seq, s.stage_seq, s.churn, s.churn_since, s.churn_seq, s.scored_at,
              s.told_at, r.due_at, %s
            from history h
            left join score s using (merchant_id, customer_id)
            left join review r using (merchant_id, customer_id)
            left join tier_pin p using (merchant_id, customer_id)
            where h.merchant_id = :merchant and h.customer_id = any(:customers)
            order by h.customer_id
            """.formatted(Histories.COLUMNS, Pin.COLUMNS);

    private static final String REMEMBER_LIVE = """
            update history set unscored_live = true
            where merchant_id = :merchant and customer_id = any(:customers) and not unscored_live
            """;

    private static final String FORGET_LIVE = """
            update history set unscored_live = false
            where merchant_id = :merchant and customer_id = any(:customers) and unscored_live
            """;

    private static final String SCORED = """
            unnest(:customers::bigint[], :versions::bigint[], :at::text[]::timestamptz[], :frequencies::bigint[],
                :monetary::bigint[], :days::text[]::date[], :tiers::text[], :ranks::int[], :falls::text[]::timestamptz[],
                :groups::text[], :stages::text[], :windows::text[], :classes::text[], :tierSeqs::bigint[],
                :groupSeqs::bigint[], :stageSeqs::bigint[], :churn::text[], :churnSince::text[]::timestamptz[],
                :churnSeqs::bigint[], :told::text[]::boolean[])
              as n (customer_id, version, at, frequency, monetary, last_order_day, tier, tier_rank, falls_at, rfm_group,
                stage, open_windows, classes, tier_seq, group_seq, stage_seq, churn, churn_since, churn_seq, told)
            """;

    private static final String WRITE_FIRST = """
            insert into score (merchant_id, customer_id, version, model_version, scored_at, frequency, monetary,
              last_order_day, tier, tier_rank, falls_at, rfm_group, stage, open_windows, classes, tier_seq, group_seq,
              stage_seq, churn, churn_since, churn_seq, told_at)
            select :merchant, customer_id, version, :model, at, frequency, monetary, last_order_day, tier, tier_rank,
              falls_at, rfm_group, stage, open_windows, classes, tier_seq, group_seq, stage_seq, churn, churn_since,
              churn_seq, case when told then at end
            from %s
            """.formatted(SCORED);

    /// Who has a score is known, and cheaper to update than to insert where that conflicts: an upsert locks each
    /// row first, which is a record of its own in the log. Who they are is said of the table, too: by the join
    /// alone the planner may read all scores of the shop.
    private static final String WRITE_AGAIN = """
            update score s set version = n.version, model_version = :model, scored_at = n.at, frequency = n.frequency,
              monetary = n.monetary, last_order_day = n.last_order_day, tier = n.tier, tier_rank = n.tier_rank,
              falls_at = n.falls_at, rfm_group = n.rfm_group, stage = n.stage, open_windows = n.open_windows,
              classes = n.classes, tier_seq = n.tier_seq, group_seq = n.group_seq, stage_seq = n.stage_seq,
              churn = n.churn, churn_since = n.churn_since, churn_seq = n.churn_seq,
              told_at = case when n.version = s.version then s.told_at when n.told then n.at end
            from %s
            where s.merchant_id = :merchant and s.customer_id = n.customer_id and s.customer_id = any(:customers)
            """.formatted(SCORED);

    private static final String MARK_CHANGED = """
            insert into score_change (merchant_id, customer_id) select :merchant, unnest(:customers::bigint[])
            on conflict (merchant_id, customer_id) do update set changed_xid = excluded.changed_xid
            """;

    private static final String WRITE_REVIEWS = """
            insert into review as r (merchant_id, customer_id, due_at)
            select :merchant, * from unnest(:customers::bigint[], :due::text[]::timestamptz[])
            on conflict (merchant_id, customer_id) do update set due_at = excluded.due_at
            """;

    private static final String DROP_REVIEWS =
            "delete from review where merchant_id = :merchant and customer_id = any(:customers)";

    /// What a customer is scored by, and the score that they have.
    ///
    /// @param pin null where no tier was given by hand
    /// @param scoredAt as of when the score is that it has; null where it has none
    /// @param erased whether readers of the changes were told that the customer is gone
    /// @param toldAt when what was last published may start campaigns: when that was; else null
    record Held(
            PurchaseHistory history,
            Pin pin,
            boolean unscoredLive,
            boolean erased,
            Instant scoredAt,
            Instant toldAt,
            StoredScore before) {}

    private final Jdbi jdbi;

    ScoreRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Held> lock(int merchant, Collection<Long> customers) {
        jdbi.useHandle(handle -> handle.createQuery(LOCK)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, List.copyOf(customers))
                .mapTo(Long.class)
                .list());
        return read(merchant, customers);
    }

    /// Without a lock, all as of one instant: whoever changes one of these rows scores its customer before they
    /// commit.
    List<Held> read(int merchant, Collection<Long> customers) {
        return jdbi.withHandle(handle -> handle.createQuery(READ)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, List.copyOf(customers))
                .map((row, context) -> new Held(
                        Histories.read(row),
                        Pin.read(row),
                        row.getBoolean("unscored_live"),
                        row.getBoolean("erased"),
                        Fields.instant(row, "scored_at"),
                        Fields.instant(row, "told_at"),
                        StoredScore.read(row)))
                .list());
    }

    void rememberLive(int merchant, Set<Long> customers) {
        markLive(REMEMBER_LIVE, merchant, List.copyOf(customers));
    }

    private void markLive(String sql, int merchant, List<Long> customers) {
        if (!customers.isEmpty()) {
            jdbi.useHandle(handle -> handle.createUpdate(sql)
                    .bind("merchant", merchant)
                    .bindArray("customers", Long.class, customers)
                    .execute());
        }
    }

    /// Writes the rows that are not the same as before, and no others.
    void write(Shop shop, int modelVersion, List<Candidate> scored) {
        var merchant = shop.merchantId();
        var scores = scored.stream()
                .filter(one -> !one.after().rowSame(one.before()))
                .toList();
        var byFirst = scores.stream()
                .collect(Collectors.partitioningBy(one -> one.before().version() == 0));
        writeScores(WRITE_FIRST, merchant, modelVersion, byFirst.get(true));
        writeScores(WRITE_AGAIN, merchant, modelVersion, byFirst.get(false));
        markChanged(merchant, scores.stream().filter(one -> !one.erased()).toList());
        writeReviews(
                merchant,
                scored.stream()
                        .filter(one -> !one.after().dueSame(one.before()))
                        .toList());
        markLive(
                FORGET_LIVE,
                merchant,
                scored.stream()
                        .filter(one -> one.before().version() == 0)
                        .map(Candidate::customerId)
                        .toList());
    }

    private void writeScores(String sql, int merchant, int modelVersion, List<Candidate> scores) {
        if (scores.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> Columns.of(
                        handle.createUpdate(sql).bind("merchant", merchant).bind("model", modelVersion), scores)
                .longs("customers", Candidate::customerId)
                .longs("versions", one -> one.after().version())
                .texts("at", Candidate::at)
                .longs("frequencies", one -> one.after().frequency())
                .longs("monetary", one -> one.after().monetary())
                .texts("days", one -> one.after().lastOrderDay())
                .texts("tiers", one -> one.after().tier())
                .ints("ranks", one -> one.after().tierRank())
                .texts("falls", one -> one.after().fallsAt())
                .texts("groups", one -> one.after().group())
                .texts("stages", one -> one.after().stage())
                .texts("windows", one -> one.after().openWindows())
                .texts("classes", one -> one.after().classes())
                .longs("tierSeqs", one -> one.after().tierSeq())
                .longs("groupSeqs", one -> one.after().groupSeq())
                .longs("stageSeqs", one -> one.after().stageSeq())
                .texts("churn", one -> one.after().churn())
                .texts("churnSince", one -> one.after().churnSince())
                .longs("churnSeqs", one -> one.after().churnSeq())
                .texts("told", one -> one.told() && one.published())
                .bound()
                .execute());
    }

    private void markChanged(int merchant, List<Candidate> told) {
        if (!told.isEmpty()) {
            jdbi.useHandle(
                    handle -> Columns.of(handle.createUpdate(MARK_CHANGED).bind("merchant", merchant), told)
                            .longs("customers", Candidate::customerId)
                            .bound()
                            .execute());
        }
    }

    private void writeReviews(int merchant, List<Candidate> changed) {
        var due = changed.stream().filter(one -> one.after().dueAt() != null).toList();
        var none = changed.stream().filter(one -> one.after().dueAt() == null).toList();
        jdbi.useHandle(handle -> {
            if (!due.isEmpty()) {
                Columns.of(handle.createUpdate(WRITE_REVIEWS).bind("merchant", merchant), due)
                        .longs("customers", Candidate::customerId)
                        .texts("due", one -> one.after().dueAt())
                        .bound()
                        .execute();
            }
            if (!none.isEmpty()) {
                Columns.of(handle.createUpdate(DROP_REVIEWS).bind("merchant", merchant), none)
                        .longs("customers", Candidate::customerId)
                        .bound()
                        .execute();
            }
        });
    }
}
