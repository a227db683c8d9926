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

    /// The limit is a query of its own, so that the planner does not know it and goes for the first rows whatever
    /// it believes of their number. A join over two columns it takes for next to nothing, and due rows that came
    /// after the last statistics too: then it would read and sort all that are due, with their histories, for
    /// each batch.
    private static final String CLAIM = """
            select h.merchant_id, h.customer_id
            from review r join history h using (merchant_id, customer_id)
            where r.due_at <= :now
            order by r.due_at
            limit (select :most::int)
            for update of h skip locked
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
