package io.regulars.scoring.score;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import org.jdbi.v3.core.Jdbi;

/// Customers who asked to be erased: what somebody wrote about them goes at once, and who follows the scores is told
/// that they are gone. Their figures stay, under a number that nobody knows any more, and are counted in reports.
@ApplicationScoped
public class Erasures {

    /// For so long readers are told.
    static final Duration TOLD_FOR = Duration.ofDays(90);

    private static final int BATCH = 5_000;

    private static final String DROP_PINS =
            "delete from tier_pin where merchant_id = :merchant and customer_id = any(:customers)";

    /// The reason of a tier that was given by hand is free text.
    private static final String DROP_REASONS = """
            update score_step set reason_zh = '客户已删除', reason_en = 'the customer was erased'
            where merchant_id = :merchant and customer_id = any(:customers)
            """;

    /// Whoever was never told of them is not told of their end.
    private static final String MARK = """
            update score_change set changed_xid = default, erased_at = :now
            where merchant_id = :merchant and customer_id = any(:customers) and erased_at is null
            """;

    /// Keeps how far the marks reached that go, for readers who come later still.
    private static final String DROP_MARKS = """
            with old as (
              select merchant_id, customer_id from score_change
              where erased_at < :before
              order by erased_at limit :most for update skip locked
            ), dropped as (
              delete from score_change c using old
              where c.merchant_id = old.merchant_id and c.customer_id = old.customer_id
              returning c.merchant_id, c.changed_xid
            ), kept as (
              insert into score_change_dropped as d (merchant_id, changed_xid)
              select merchant_id, max(changed_xid) from dropped group by merchant_id order by merchant_id
              on conflict (merchant_id) do update set changed_xid = greatest(d.changed_xid, excluded.changed_xid)
            )
            select count(*) from dropped
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    Erasures(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// Their histories must be locked.
    public void forget(int merchant, Collection<Long> customers) {
        if (customers.isEmpty()) {
            return;
        }
        var ids = List.copyOf(customers);
        jdbi.useHandle(handle -> {
            for (var sql : List.of(DROP_PINS, DROP_REASONS)) {
                handle.createUpdate(sql)
                        .bind("merchant", merchant)
                        .bindArray("customers", Long.class, ids)
                        .execute();
            }
            handle.createUpdate(MARK)
                    .bind("merchant", merchant)
                    .bindArray("customers", Long.class, ids)
                    .bind("now", clock.instant())
                    .execute();
        });
    }

    @Scheduled(
            identity = "erasures",
            every = "{regulars.scoring.erasures.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void dropMarks() {
        var before = clock.instant().minus(TOLD_FOR);
        var dropped = BATCH;
        while (dropped == BATCH) {
            dropped = QuarkusTransaction.requiringNew()
                    .call(() -> jdbi.withHandle(handle -> handle.createQuery(DROP_MARKS)
                            .bind("before", before)
                            .bind("most", BATCH)
                            .mapTo(Integer.class)
                            .one()));
        }
    }
}
