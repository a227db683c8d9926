package io.regulars.scoring.score;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.regulars.kit.fault.KillPoint;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/// Scores the customers whose instant has come, and looks at no others. Any number of replicas share the work:
/// each locks the customers that it claims, and passes over those that another one holds.
@ApplicationScoped
class Reviews {

    /// The due ones first, in their order, and each history when its turn comes: of a join over two columns the
    /// planner expects next to nothing, of rows that became due after the last statistics too, and would read and
    /// sort all that are due, with their histories, for each batch. The inner limit is none; but as the planner
    /// cannot know that, it goes for the first rows.
    private static final String CLAIM = """
            select h.merchant_id, h.customer_id
            from (
              select merchant_id, customer_id from review
              where due_at <= :now
              order by due_at limit (select null::bigint)) r
            cross join lateral (
              select h.merchant_id, h.customer_id from history h
              where h.merchant_id = r.merchant_id and h.customer_id = r.customer_id
              for update of h skip locked) h
            limit :most
            """;

    private record Due(int merchant, long customer) {}

    private final Jdbi jdbi;
    private final Rescore rescore;
    private final Clock clock;
    private final int batch;

    Reviews(
            Jdbi jdbi,
            Rescore rescore,
            Clock clock,
            @ConfigProperty(name = "regulars.scoring.reviews.batch", defaultValue = "500") int batch) {
        this.jdbi = jdbi;
        this.rescore = rescore;
        this.clock = clock;
        this.batch = batch;
    }

    @Scheduled(
            identity = "reviews",
            every = "{regulars.scoring.reviews.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void review() {
        var claimed = batch;
        while (claimed == batch) {
            claimed = QuarkusTransaction.requiringNew().timeout(300).call(this::reviewBatch);
        }
    }

    /// In the caller's transaction.
    ///
    /// @return how many were due, at most a batch
    int reviewBatch() {
        var now = clock.instant();
        var due = claim(now);
        var byMerchant = new TreeMap<Integer, Set<Long>>();
        due.forEach(one -> byMerchant
                .computeIfAbsent(one.merchant(), merchant -> new TreeSet<>())
                .add(one.customer()));
        byMerchant.forEach((merchant, customers) -> rescore.rescore(merchant, customers, now, Cause.time(customers)));
        if (!due.isEmpty()) {
            KillPoint.REVIEW_IN_TRANSACTION.reach();
        }
        return due.size();
    }

    private List<Due> claim(java.time.Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(CLAIM)
                .bind("now", now)
                .bind("most", batch)
                .map((row, context) -> new Due(row.getInt("merchant_id"), row.getLong("customer_id")))
                .list());
    }
}
