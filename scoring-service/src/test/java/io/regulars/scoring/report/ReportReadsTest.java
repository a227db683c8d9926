package io.regulars.scoring.report;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TableReads;
import io.regulars.scoring.history.Shops;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// A report on a period costs what lies in the period, not what the shop is old.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ReportReadsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(945_000);
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-01-03T00:00:00Z");
    private static final int HOURS = 20_000;
    private static final int HOURS_OF_PERIOD = 48;
    private static final int ROUNDS = 15;

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    PathRows paths;

    @Inject
    Losses losses;

    @Inject
    Shops shops;

    /// One interaction, one order and one loss an hour, for more than two years; the period's two days among them.
    @BeforeEach
    void fill() {
        insert("""
                insert into interaction (merchant_id, customer_id, interaction_id, kind, at)
                select :m, 1 + n % 500, n, 'visited', timestamptz '2024-01-01T00:30Z' + n * interval '1 hour'
                from generate_series(0, :hours - 1) n
                """);
        insert("""
                insert into purchase_order (merchant_id, customer_id, order_id, version, status, ordered_at,
                  big_promotion, counted, day, amount)
                select :m, 1 + n % 500, n, 1, 'PAID', timestamptz '2024-01-01T00:30Z' + n * interval '1 hour', false,
                  true, 19723 + n / 24, 100
                from generate_series(0, :hours - 1) n
                """);
        insert("""
                insert into score_step (merchant_id, customer_id, dimension, seq, key, rank, previous_rank, since,
                  reason_zh, reason_en, model_version, backfill)
                select :m, 1 + n % 500, 'stage', 1 + n / 500, 'lost', -1, -1,
                  timestamptz '2024-01-01T00:30Z' + n * interval '1 hour', '', '', 1, true
                from generate_series(0, :hours - 1) n
                """);
        insert("""
                insert into history (merchant_id, customer_id) select :m, n from generate_series(1, 500) n
                where :hours > 0
                """);
        jdbi.useHandle(handle -> handle.execute("analyze interaction, purchase_order, score_step, history"));
    }

    @Test
    void pathsReadThePeriodAlone() throws Exception {
        var funnels = new ArrayList<Funnel>();

        var read = readBy(handle -> {}, () -> funnels.add(paths.funnel(merchant, FROM, TO)));

        assertThat(funnels.getFirst().customers()).isEqualTo(HOURS_OF_PERIOD);
        assertThat(read.scanned()).doesNotContain("interaction", "purchase_order");
        assertThat(read.rowsOf(Set.of("interaction", "purchase_order")))
                .as(read.toString())
                .isLessThanOrEqualTo(2 * HOURS_OF_PERIOD + TableReads.OF_THE_PLANNER);
        assertThat(plan(handle -> handle.createQuery("explain " + PathRows.DONE).bind("order", Funnel.ORDER)))
                .contains("interaction_at", "purchase_order_at");
    }

    @Test
    void lossesReadThePeriodAlone() throws Exception {
        var shop = QuarkusTransaction.requiringNew().call(() -> shops.hold(merchant));
        var counts = new ArrayList<Losses.Count>();

        var read = readBy(handle -> {}, () -> counts.addAll(losses.counts(shop, FROM, TO, TO)));

        assertThat(counts.getFirst().dimension()).isEqualTo("all");
        assertThat(counts.getFirst().customers()).isEqualTo(HOURS_OF_PERIOD);
        assertThat(read.scanned()).doesNotContain("score_step", "purchase_order", "history");
        assertThat(read.rowsOf(Set.of("score_step")))
                .as(read.toString())
                .isLessThanOrEqualTo(HOURS_OF_PERIOD + TableReads.OF_THE_PLANNER);
        assertThat(plan(handle -> handle.createQuery("explain " + Losses.COUNT)
                        .bind("zone", "UTC")
                        .bind("today", 20_000)
                        .bindArray("nonProducts", String.class)))
                .contains("score_step_lost");
    }

    /// The proof that the figures can show it.
    @Test
    void wouldReadAllWithoutTheIndex() throws Exception {
        var read =
                readBy(handle -> handle.execute("drop index interaction_at"), () -> paths.funnel(merchant, FROM, TO));

        assertThat(read.rowsOf(Set.of("interaction"))).as(read.toString()).isGreaterThan(HOURS / 2);
    }

    /// In a transaction that is undone.
    private TableReads readBy(Consumer<Handle> first, Runnable report) throws SQLException {
        QuarkusTransaction.begin();
        try {
            return jdbi.withHandle(handle -> {
                first.accept(handle);
                // until the driver and the server keep one plan for all values
                for (var round = 1; round < ROUNDS; round++) {
                    report.run();
                }
                var before = TableReads.soFar(handle.getConnection());
                report.run();
                return TableReads.soFar(handle.getConnection()).since(before);
            });
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    /// Rows that an index alone answers for are not counted as read, so the plan is looked at too.
    private String plan(Function<Handle, Query> explain) {
        return jdbi.withHandle(handle -> String.join(
                "\n",
                explain.apply(handle)
                        .bind("merchant", merchant)
                        .bind("from", FROM)
                        .bind("to", TO)
                        .mapTo(String.class)
                        .list()));
    }

    private void insert(String sql) {
        jdbi.useHandle(handle -> handle.createUpdate(sql)
                .bind("m", merchant)
                .bind("hours", HOURS)
                .execute());
    }
}
