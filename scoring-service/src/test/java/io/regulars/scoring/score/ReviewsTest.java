package io.regulars.scoring.score;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TableReads;
import io.regulars.embedded.TestTopics;
import io.regulars.events.MerchantChanged;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Time costs what is due, not what exists.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ReviewsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(900_000);
    private static final int DUE = 5;

    /// More than the driver and the server need until they keep one plan for all values.
    private static final int ROUNDS = 15;

    private static final String UNTELL = "delete from outbox where xmin = pg_current_xact_id()::xid";
    private static final int CHUNK = 2_000;
    private static final long FIRST_DUE = 1_000_000;

    private static final int BATCH = 500;

    /// Each customer of one shop only. Scoring does not know these shops: what they cost is the claim.
    private static final String MANY_HISTORIES = """
            insert into history (merchant_id, customer_id)
            select 905000 + shop, shop * 1000 + c from generate_series(1, 400) shop, generate_series(1, 100) c
            """;

    /// Every other one.
    private static final String MANY_DUE = """
            insert into review (merchant_id, customer_id, due_at)
            select 905000 + shop, shop * 1000 + c, at + case when c % 2 = 0 then -1 else 1 end * c * interval '1 day'
            from generate_series(1, 400) shop, generate_series(1, 100) c, cast(? as timestamptz) at
            """;

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    @Inject
    Reviews reviews;

    @Inject
    Rescore rescore;

    @BeforeEach
    void openShop() {
        TestTopics.publish(new MerchantChanged(merchant, 1, "Shop", "Asia/Shanghai", "CNY", "zh-CN", List.of()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> count("select count(*) from recompute where merchant_id = :m and state = 'done'") == 1);
        // what the other tests left, now that the clock is right again
        await().atMost(Duration.ofSeconds(30))
                .until(() -> count("select count(*) from review where due_at <= now() and :m > 0") == 0);
    }

    @Test
    void readsTheSameFewRowsHoweverManyAreNotDue() throws Exception {
        fill(1, 2_000);
        var ofFew = reviewOfWhatIsDue(handle -> {});
        fill(2_001, 20_000);

        var ofMany = reviewOfWhatIsDue(handle -> {});

        assertThat(ofMany.scanned()).doesNotContain("review", "history", "score", "score_step", "forecast");
        assertThat(ofMany.rows())
                .as("%s%nbefore: %s", ofMany, ofFew)
                .isLessThanOrEqualTo(ofFew.rows() + TableReads.OF_THE_PLANNER);
    }

    /// Of many shops, so that a join over two columns seems to give next to nothing; in a transaction that is
    /// undone.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsNoMoreThanItTakesHoweverManyAreDue(boolean analyzed) throws Exception {
        QuarkusTransaction.begin();
        try {
            var read = jdbi.withHandle(handle -> {
                // statistics of a time when none of them were there
                handle.execute("analyze review, history");
                handle.execute(MANY_HISTORIES);
                handle.execute(MANY_DUE, clock.instant());
                if (analyzed) {
                    handle.execute("analyze review, history");
                }
                var before = TableReads.soFar(handle.getConnection());
                assertThat(reviews.reviewBatch()).isEqualTo(BATCH);
                return TableReads.soFar(handle.getConnection()).since(before);
            });

            assertThat(read.scanned()).as("%s", read).doesNotContain("review", "history");
            assertThat(read.rowsOf(Set.of("review", "history"))).as("%s", read).isLessThan(10 * BATCH);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    /// The proof that the figures can show it.
    @Test
    void wouldReadThemAllWithoutItsIndex() throws Exception {
        fill(1, 2_000);

        var read = reviewOfWhatIsDue(handle -> {
            handle.execute("drop index review_due");
            // or another index would be read from end to end
            handle.execute("set local enable_seqscan = on");
        });

        assertThat(read.scanned()).contains("review");
        assertThat(read.rows()).isGreaterThan(2_000);
    }

    /// Customers who bought today, something that lasts twenty days.
    private void fill(long first, long last) {
        for (var from = first; from <= last; from += CHUNK) {
            var until = Math.min(last, from + CHUNK - 1);
            var chunk = from;
            QuarkusTransaction.requiringNew().run(() -> {
                forecast(chunk, until);
                scored(chunk, until, clock.instant());
                // the other tests need not read through them
                jdbi.useHandle(handle -> handle.execute(UNTELL));
            });
        }
        jdbi.useHandle(handle -> handle.execute("analyze review, history, score, score_step, forecast"));
    }

    private void forecast(long first, long last) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into forecast (merchant_id, customer_id, product_code, cause_order_id, bought_at,
                          runs_out_at, opens_at, closes_at, basis, cycle_days)
                        select :m, c, 'WIPES', c, :at, :at::timestamptz + interval '20 days',
                          :at::timestamptz + interval '15 days', :at::timestamptz + interval '18 days', 'product', 20
                        from generate_series(:first, :last) c
                        """)
                .bind("m", merchant)
                .bind("at", clock.instant())
                .bind("first", first)
                .bind("last", last)
                .execute());
    }

    /// Customers who bought on the day of the instant, scored as of that.
    private void scored(long first, long last, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into history (merchant_id, customer_id, days, orders, amounts, promotions, promotion_amounts)
                        select :m, c, array[:day]::int[], '{1}', '{5000}', '{0}', '{0}' from generate_series(:first, :last) c
                        """)
                .bind("m", merchant)
                .bind("day", LocalDate.ofInstant(at, ZoneOffset.ofHours(8)).toEpochDay())
                .bind("first", first)
                .bind("last", last)
                .execute());
        rescore.rescore(merchant, LongStream.rangeClosed(first, last).boxed().toList(), at, Cause.recompute());
    }

    /// In a transaction that is undone: what is due within it, the service's own reviews do not see.
    private TableReads reviewOfWhatIsDue(Consumer<Handle> first) throws SQLException {
        QuarkusTransaction.begin();
        try {
            return jdbi.withHandle(handle -> {
                first.accept(handle);
                var read = reviewRound(handle, 0);
                for (var round = 1; round < ROUNDS; round++) {
                    read = reviewRound(handle, round);
                }
                return read;
            });
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private TableReads reviewRound(Handle handle, int round) throws SQLException {
        var firstDue = FIRST_DUE + (long) round * DUE;
        scored(firstDue, firstDue + DUE - 1, clock.instant().minus(Duration.ofDays(200)));
        var before = TableReads.soFar(handle.getConnection());
        var reviewed = reviews.reviewBatch();
        var read = TableReads.soFar(handle.getConnection()).since(before);
        assertThat(reviewed).isEqualTo(DUE);
        return read;
    }

    private int count(String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", merchant).mapTo(Integer.class).one());
    }
}
