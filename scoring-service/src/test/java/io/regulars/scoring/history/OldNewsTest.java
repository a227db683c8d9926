package io.regulars.scoring.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestEvents;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged;
import io.regulars.events.EngagementRecorded;
import io.regulars.events.InteractionRecorded;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Line;
import io.regulars.events.OrderChanged.Status;
import io.regulars.events.ProductChanged;
import io.regulars.scoring.forecast.Products;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Events that come again, later than newer ones, change nothing: the tables say so themselves, whoever asks.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class OldNewsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(910_000);
    private static final Instant NOON = Instant.parse("2026-02-01T04:00:00Z");

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    OrderRows orders;

    @Inject
    Customers customers;

    @Inject
    Interactions interactions;

    @Inject
    Histories histories;

    @Inject
    Contacts contacts;

    @Inject
    Products products;

    @Inject
    Shops shops;

    @Test
    void anOlderOrderChangesNothing() {
        var applied = QuarkusTransaction.requiringNew().call(() -> {
            var shop = shops.hold(merchant);
            orders.upsert(merchant, List.of(order(2, Status.REFUNDED)), shop);
            return orders.upsert(merchant, List.of(order(1, Status.PAID)), shop);
        });

        assertThat(applied).isEmpty();
    }

    @Test
    void anOlderCustomerChangesNothing() {
        QuarkusTransaction.requiringNew().run(() -> {
            customers.apply(merchant, List.of(customer(2, "new")));
            customers.apply(merchant, List.of(customer(1, "old")));
        });

        assertThat(QuarkusTransaction.requiringNew().call(() -> customers.externalId(merchant, 1)))
                .contains("new");
    }

    @Test
    void anOlderProductChangesNothing() {
        var moved = QuarkusTransaction.requiringNew().call(() -> {
            products.apply(merchant, List.of(product(2, 20.0)));
            return products.apply(merchant, List.of(product(1, 10.0)));
        });

        assertThat(moved).isEmpty();
    }

    @Test
    void anOlderMerchantChangesNothing() {
        var change = QuarkusTransaction.requiringNew().call(() -> {
            shops.apply(settings(2, "Asia/Shanghai"));
            return shops.apply(settings(1, "Europe/Berlin"));
        });

        assertThat(change).isEmpty();
    }

    @Test
    void anInteractionCountsOnce() {
        var visit = new InteractionRecorded(merchant, 1, 7, "v", "visited", NOON, null, null, Map.of(), false);

        var counts = QuarkusTransaction.requiringNew().call(() -> {
            interactions.record(merchant, List.of(visit));
            interactions.record(merchant, List.of(visit));
            return interactions.counts(merchant, 1);
        });

        assertThat(counts).containsExactly(Map.entry("visited", 1L));
    }

    @Test
    void anEngagementCountsOnce() {
        var clicked = new EngagementRecorded(merchant, 1, "m-1:clicked", 5, 9L, Channel.EMAIL, "clicked", NOON);

        var touched = QuarkusTransaction.requiringNew().call(() -> {
            interactions.engage(merchant, List.of(clicked));
            return interactions.engage(merchant, List.of(clicked));
        });

        assertThat(touched.customers()).isEmpty();
        assertThat(histories.of(merchant, 1).activity().otherActs(0)).isOne();
    }

    @Test
    void aContactIsKeptOnce() {
        var sent = new EngagementRecorded(merchant, 1, "m-1:sent", 5, 9L, Channel.EMAIL, "sent", NOON);

        QuarkusTransaction.requiringNew().run(() -> {
            contacts.record(merchant, List.of(sent));
            contacts.record(merchant, List.of(sent));
        });

        long kept = jdbi.withHandle(handle -> handle.createQuery("select count(*) from contact where merchant_id = :m")
                .bind("m", merchant)
                .mapTo(Long.class)
                .one());
        assertThat(kept).isOne();
    }

    private OrderChanged order(long version, Status status) {
        var line = new Line(1, "A", "Product A", "care", 1, 50_00, 1, 50_00);
        return new OrderChanged(
                merchant, 10, version, "o", 1, status, NOON, "CNY", null, false, List.of(line), List.of(), false);
    }

    private CustomerChanged customer(long version, String externalId) {
        return TestEvents.customer(merchant, 1, version, externalId, null, Map.of());
    }

    private ProductChanged product(long version, double lastsDays) {
        return new ProductChanged(merchant, version, "A", "Product A", "care", null, lastsDays, List.of());
    }

    private MerchantChanged settings(long version, String zone) {
        return new MerchantChanged(merchant, version, "Shop", zone, "CNY", "zh-CN", List.of());
    }
}
