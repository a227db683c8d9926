package io.regulars.campaign.coupon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.AtOnce;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// The pieces of a coupon whose code everybody types, whoever comes at the same time.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class SharedCodesTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_480_200);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    ByOrders byOrders;

    @Inject
    Checkout checkout;

    @Inject
    SharedCodes shared;

    @BeforeEach
    void fill() {
        jdbi.useHandle(handle -> {
            handle.execute("insert into shop values (?, 1, 'Shop', 'UTC', 'CNY', 'en')", merchant);
            handle.execute(
                    "insert into audience (merchant_id, customer_id, profile_version, external_id) values (?, 1, 1, 'u1')",
                    merchant);
            handle.execute("""
                    insert into coupon (merchant_id, name, kind, percent_off, codes, shared_code, shared_key, created_at,
                      updated_at)
                    values (?, 'c', 'percent', 5, 'shared', 'March', 'MARCH', now(), now())""", merchant);
        });
    }

    /// Neither sees what the other has not committed: the order must not ask while its event is applied.
    @Test
    void anOrderThatIsToldWhileItIsPaidUsesOnePiece() {
        AtOnce.inTheMidst(
                        jdbi,
                        () -> byOrders.apply(List.of(order("T1"))),
                        () -> checkout.redeem(merchant, "march", use("T1")),
                        () -> {})
                .join();

        assertThat(issued()).isOne();
    }

    /// What lapsed is dropped by whoever finds nothing left, while its own order lets it go.
    @Test
    void aPieceComesBackOnceWhoeverElseTookItBack() {
        checkout.reserve(merchant, "march", use("T1"));
        checkout.reserve(merchant, "march", use("T2"));

        QuarkusTransaction.requiringNew().run(() -> {
            Redeeming.Code piece = shared.used(merchant, "march", "T1").orElseThrow();
            shared.giveBack(piece);
            shared.giveBack(piece);
        });

        assertThat(issued()).isOne();
    }

    private int issued() {
        return jdbi.withHandle(handle -> handle.createQuery("select issued from coupon where merchant_id = :m")
                .bind("m", merchant)
                .mapTo(Integer.class)
                .one());
    }

    private static Use use(String order) {
        return new Use(order, "ext:u1", null, List.of(), Duration.ofMinutes(15));
    }

    private OrderChanged order(String externalId) {
        return new OrderChanged(
                merchant,
                1,
                1,
                externalId,
                1,
                Status.PAID,
                Instant.parse("2026-03-01T00:00:00Z"),
                "CNY",
                "shop",
                false,
                List.of(),
                List.of("march"),
                false);
    }
}
