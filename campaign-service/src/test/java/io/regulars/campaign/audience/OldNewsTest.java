package io.regulars.campaign.audience;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestEvents;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.ProductChanged;
import io.regulars.events.ScoreChanged;
import io.regulars.events.ScoreChanged.Step;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Events that come again, later than newer ones, change nothing: the tables say so themselves, whoever asks.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class OldNewsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(910_000);
    private static final Instant AT = Instant.parse("2026-02-01T04:00:00Z");

    private final int merchant = MERCHANTS.incrementAndGet();
    private final CustomerKey customer = new CustomerKey(merchant, 1);

    @Inject
    Jdbi jdbi;

    @Inject
    Customers customers;

    @Inject
    Profiles profiles;

    @Inject
    Scores scores;

    @Inject
    Purchases purchases;

    @Inject
    Shops shops;

    @Inject
    Zones zones;

    @Test
    void anOlderProfileGivesBackNoConsent() {
        QuarkusTransaction.requiringNew().run(() -> {
            profiles.apply(List.of(profile(2, false)));
            profiles.apply(List.of(profile(1, true)));
        });

        assertThat(known().smsConsent()).isFalse();
    }

    @Test
    void anOlderScoreChangesNothing() {
        var moved = QuarkusTransaction.requiringNew().call(() -> {
            scores.apply(List.of(score(2, "vip")));
            return scores.apply(List.of(score(1, "ordinary")));
        });

        assertThat(moved).isEmpty();
    }

    /// There is no row yet that the second could lock.
    @Test
    void theOlderOfTwoFirstScoresAtOnceChangesNothing() {
        var older = QuarkusTransaction.requiringNew().call(() -> {
            scores.apply(List.of(score(2, "vip")));
            var second = CompletableFuture.runAsync(() ->
                    QuarkusTransaction.requiringNew().run(() -> scores.apply(List.of(score(1, "ordinary")))));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> second.isDone() || somebodyWaits());
            return second;
        });
        older.join();

        assertThat(known().standing().tier()).isEqualTo("vip");
    }

    /// Whoever reads the version before the other has committed takes itself for news.
    @Test
    void theOlderOfTwoScoresAtOnceTellsOfNoMove() {
        QuarkusTransaction.requiringNew().run(() -> scores.apply(List.of(score(1, "ordinary"))));

        var older = QuarkusTransaction.requiringNew().call(() -> {
            scores.apply(List.of(score(3, "ordinary")));
            var second = CompletableFuture.supplyAsync(() ->
                    QuarkusTransaction.requiringNew().call(() -> scores.apply(List.of(score(2, "vip")))));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> second.isDone() || somebodyWaits());
            return second;
        });

        assertThat(older.join()).isEmpty();
    }

    @Test
    void aZoneThatIsSeenAgainWasFirstSeenWhenItWas() {
        jdbi.useHandle(handle -> handle.execute("insert into customer_zone values (?, 'Asia/Tokyo', ?)", merchant, AT));

        QuarkusTransaction.requiringNew().run(() -> zones.note(List.of(new Zones.InZone(merchant, "Asia/Tokyo"))));

        assertThat(zones.of(merchant, 10)).isEqualTo(Map.of("Asia/Tokyo", AT));
    }

    @Test
    void anOlderShopChangesNothing() {
        QuarkusTransaction.requiringNew().run(() -> {
            shops.applyMerchants(List.of(settings(2, "Asia/Shanghai")));
            shops.applyMerchants(List.of(settings(1, "Europe/Berlin")));
        });

        assertThat(shops.find(merchant).zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void anOlderProductChangesNothing() {
        QuarkusTransaction.requiringNew().run(() -> {
            shops.applyProducts(List.of(product(2, "new")));
            shops.applyProducts(List.of(product(1, "old")));
        });

        assertThat(shops.categories(merchant, List.of("A"))).containsEntry("A", "new");
    }

    @Test
    void anOlderOrderChangesNothing() {
        var changed = QuarkusTransaction.requiringNew().call(() -> {
            purchases.apply(List.of(order(2, OrderChanged.Status.REFUNDED)));
            return purchases.apply(List.of(order(1, OrderChanged.Status.PAID)));
        });

        assertThat(changed).isEmpty();
    }

    private Customer known() {
        return QuarkusTransaction.requiringNew()
                .call(() -> customers.load(customer).orElseThrow());
    }

    private boolean somebodyWaits() {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(
                        handle -> handle.createQuery("""
                                select exists (select from pg_stat_activity where datname = current_database()
                                  and wait_event_type = 'Lock' and query like '%audience%')""").mapTo(Boolean.class).one()));
    }

    private CustomerChanged profile(long version, boolean sms) {
        return TestEvents.customer(
                merchant, 1, version, "u1", null, Map.of(Channel.SMS, new CustomerChanged.Consent(sms, AT, "api")));
    }

    private ScoreChanged score(long version, String tier) {
        return new ScoreChanged(
                merchant,
                1,
                version,
                AT,
                1,
                1,
                50_00,
                null,
                new Step(tier, 3, "ordinary", 1, AT, version, "test", false),
                null,
                new Step("growing", -1, null, -1, AT, 1, "test", false),
                List.of(),
                false);
    }

    private MerchantChanged settings(long version, String zone) {
        return new MerchantChanged(merchant, version, "Shop", zone, "CNY", "zh-CN", List.of());
    }

    private ProductChanged product(long version, String category) {
        return new ProductChanged(merchant, version, "A", "Product A", category, null, null, List.of());
    }

    private OrderChanged order(long version, OrderChanged.Status status) {
        var line = new OrderChanged.Line(1, "A", "Product A", "care", 1, 50_00, 1, 50_00);
        return new OrderChanged(
                merchant, 10, version, "o", 1, status, AT, "CNY", null, false, List.of(line), List.of(), false);
    }
}
