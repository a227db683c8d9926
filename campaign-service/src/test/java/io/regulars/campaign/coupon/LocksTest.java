package io.regulars.campaign.coupon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Codes are locked in the order of their names, whatever is to be done to them.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class LocksTest {

    private static final int MERCHANT = 1_410_001;

    @Inject
    Jdbi jdbi;

    @Inject
    ByOrders byOrders;

    /// A batch of orders uses the code B and takes A back from another order. Somebody has A and is about to
    /// take B.
    @Test
    void leaveTheLaterCodeAloneWhileTheEarlierOneIsWaitedFor() {
        fill();
        CompletableFuture<Void> batch = QuarkusTransaction.requiringNew()
                .timeout(120)
                .call(() -> {
                    jdbi.useHandle(handle -> handle.execute(
                            "select from coupon_code where merchant_id = ? and code = 'A' for update", MERCHANT));
                    int me = number("select pg_backend_pid()");
                    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> QuarkusTransaction.requiringNew()
                            .run(() -> byOrders.apply(List.of(
                                    order(1, "T1", Status.PAID, List.of("B")),
                                    order(2, "T2", Status.REFUNDED, List.of())))));
                    Awaitility.await()
                            .atMost(Duration.ofMinutes(1))
                            .until(() -> QuarkusTransaction.requiringNew()
                                    .call(() -> number(
                                                    "select count(*) from pg_stat_activity where %d = any(pg_blocking_pids(pid))"
                                                            .formatted(me))
                                            > 0));

                    assertThat(number("select count(*) from (select from coupon_code where merchant_id = " + MERCHANT
                                    + " and code = 'B' for update nowait) free"))
                            .isEqualTo(1);
                    return waiting;
                });

        batch.join();
        assertThat(state("A")).isEqualTo("voided");
        assertThat(state("B")).isEqualTo("redeemed");
    }

    private int number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    private String state(String code) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select state from coupon_code where merchant_id = :m and code = :code")
                        .bind("m", MERCHANT)
                        .bind("code", code)
                        .mapTo(String.class)
                        .one());
    }

    private void fill() {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "insert into shop (merchant_id, version, name, time_zone, currency, locale) values (?, 1, 'n', 'UTC', 'CNY', 'en')",
                    MERCHANT);
            handle.execute(
                    "insert into coupon (merchant_id, id, name, kind, percent_off, created_at, updated_at) values (?, 14100010, 'c', 'percent', 5, now(), now())",
                    MERCHANT);
            handle.execute(
                    "insert into coupon_code (merchant_id, customer_id, coupon_id, code, state, issued_at, redeemed_at, order_id) values (?, 1, 14100010, 'A', 'redeemed', now(), now(), 'T2')",
                    MERCHANT);
            handle.execute(
                    "insert into coupon_code (merchant_id, customer_id, coupon_id, code, issued_at) values (?, 1, 14100010, 'B', now())",
                    MERCHANT);
        });
    }

    private static OrderChanged order(long id, String externalId, Status status, List<String> codes) {
        return new OrderChanged(
                MERCHANT,
                id,
                1,
                externalId,
                1,
                status,
                Instant.parse("2026-03-01T00:00:00Z"),
                "CNY",
                "shop",
                false,
                List.of(),
                codes,
                false);
    }
}
