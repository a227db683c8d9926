package io.regulars.scoring.score;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTopics;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Line;
import io.regulars.events.OrderChanged.Status;
import io.regulars.scoring.history.OrderBook;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Two that work on the same customers at the same moment, as two replicas do.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ReplicasTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(920_000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DUE = "select count(*) from review where merchant_id = :m and due_at < now()";

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    @Inject
    OrderBook orders;

    @Inject
    Rescore rescore;

    @Inject
    Reviews reviews;

    @BeforeEach
    void openShop() {
        open(merchant);
    }

    @Test
    void countBothOrdersThatComeAtOnce() {
        history(merchant, 1, 0);

        var both = QuarkusTransaction.requiringNew().call(() -> {
            // they go on together, each as far as it can
            jdbi.useHandle(handle -> handle.execute("select from history where merchant_id = ? for update", merchant));
            var begun = List.of(
                    elsewhere(() -> orders.apply(merchant, List.of(order(10)))),
                    elsewhere(() -> orders.apply(merchant, List.of(order(11)))));
            await().atMost(PATIENCE).until(() -> waiting() >= 2);
            return begun;
        });
        both.forEach(CompletableFuture::join);

        assertThat(number("select coalesce(sum(o), 0) from history, unnest(orders) o where merchant_id = :m"))
                .isEqualTo(2);
    }

    @Test
    void scoreACustomerInTurn() {
        history(merchant, 1, 50_00);

        var second = together(() -> score(merchant, 1), () -> score(merchant, 1));

        assertThat(second).isZero();
        assertThat(number("select version from score where merchant_id = :m")).isEqualTo(1);
    }

    @Test
    void readWhoIsRightWithoutWaitingForThem() throws Exception {
        history(merchant, 1, 50_00);
        QuarkusTransaction.requiringNew().call(() -> score(merchant, 1));

        QuarkusTransaction.begin();
        try {
            jdbi.useHandle(handle -> handle.execute("select from history where merchant_id = ? for update", merchant));

            assertThat(elsewhere(this::refresh).get(10, TimeUnit.SECONDS)).isZero();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void scoreWhoIsWrongFromWhatAnotherLeaves() {
        history(merchant, 1, 50_00);
        QuarkusTransaction.requiringNew().call(() -> score(merchant, 1));
        jdbi.useHandle(handle -> handle.execute("update score set monetary = 1 where merchant_id = ?", merchant));

        var wrong = together(
                () -> {
                    orders.apply(merchant, List.of(order(10)));
                    return score(merchant, 1);
                },
                this::refresh);

        assertThat(wrong).isEqualTo(1);
        assertThat(number("select monetary from score where merchant_id = :m")).isEqualTo(100_00);
    }

    private int refresh() {
        return rescore.refresh(merchant, List.of(1L), clock.instant());
    }

    @Test
    void passOverWhomAnotherReviews() throws Exception {
        history(merchant, 1, 50_00);
        assertThat(QuarkusTransaction.requiringNew().call(() -> score(merchant, 1)))
                .isEqualTo(1);

        QuarkusTransaction.begin();
        try {
            jdbi.useHandle(handle -> handle.execute("select from history where merchant_id = ? for update", merchant));
            QuarkusTransaction.requiringNew().run(this::fallDue);

            var other = elsewhere(reviews::reviewBatch);

            assertThat(other.get(10, TimeUnit.SECONDS)).isNotNegative();
            assertThat(number(DUE)).isEqualTo(1);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void scoreTheCustomersOfOneMerchant() {
        var other = MERCHANTS.incrementAndGet();
        open(other);
        history(merchant, 1, 50_00);
        history(other, 1, 9_000_00);

        QuarkusTransaction.requiringNew().run(() -> score(merchant, 1));

        assertThat(number("select monetary from score where merchant_id = :m")).isEqualTo(50_00);
    }

    /// The first works and does not commit; the second begins; when it waits, or is done, the first commits.
    ///
    /// @return what the second comes to
    private <T> T together(Supplier<T> first, Supplier<T> second) {
        var running = QuarkusTransaction.requiringNew().call(() -> {
            assertThat(first.get()).isNotNull();
            var began = elsewhere(second);
            await().atMost(PATIENCE).until(() -> began.isDone() || waiting() > 0);
            return began;
        });
        return running.join();
    }

    private static <T> CompletableFuture<T> elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                () -> QuarkusTransaction.requiringNew().call(work::get), Thread.ofPlatform()::start);
    }

    /// How many wait for a lock.
    private int waiting() {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(
                        handle -> handle.createQuery("""
                                select count(*) from pg_stat_activity
                                where datname = current_database() and wait_event_type = 'Lock'""").mapTo(Integer.class).one()));
    }

    private void fallDue() {
        var customers = jdbi.withHandle(handle ->
                handle.execute("update review set due_at = now() - interval '1 day' where merchant_id = ?", merchant));
        assertThat(customers).isEqualTo(1);
    }

    private int score(int of, long customer) {
        return rescore.rescore(of, List.of(customer), clock.instant(), Cause.events(Set.of(customer)));
    }

    /// Until the recompute is done that a new shop begins with: it makes histories anew from orders, which there are
    /// none
    /// of here.
    private void open(int shop) {
        TestTopics.publish(new MerchantChanged(shop, 1, "Shop", "Asia/Shanghai", "CNY", "zh-CN", List.of()));
        await().atMost(PATIENCE)
                .until(() -> jdbi.withHandle(handle -> handle.createQuery(
                                        "select count(*) from recompute where merchant_id = :m and state = 'done'")
                                .bind("m", shop)
                                .mapTo(Integer.class)
                                .one())
                        == 1);
    }

    /// @param amount of one order of today; 0 for none
    private void history(int of, long customer, long amount) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        amount == 0 ? "insert into history (merchant_id, customer_id) values (:m, :c)" : """
                        insert into history (merchant_id, customer_id, days, orders, amounts, promotions, promotion_amounts)
                        values (:m, :c, array[:day]::int[], '{1}', array[:amount]::bigint[], '{0}', '{0}')
                        """)
                .bind("m", of)
                .bind("c", customer)
                .bind(
                        "day",
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(8))
                                .toEpochDay())
                .bind("amount", amount)
                .execute());
    }

    private OrderChanged order(long id) {
        var line = new Line(1, "A", "Product A", "care", 1, 50_00, 1, 50_00);
        Instant at = clock.instant();
        return new OrderChanged(
                merchant, id, 1, "o" + id, 1, Status.PAID, at, "CNY", null, false, List.of(line), List.of(), false);
    }

    private long number(String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", merchant).mapTo(Long.class).one());
    }
}
