package io.regulars.scoring.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged.Status;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

/// Warnings that a customer is about to be lost: by time alone, by a new fit, and their end by new orders.
@QuarkusTest
class ChurnTest extends EdgeTest {

    /// Midnight in Shanghai, the 110th day after the first order.
    private static final Instant WARNED = Instant.parse("2026-02-05T16:00:00Z");

    private static final String DONE = """
            insert into lifetime_fit (merchant_id, reason, basis, state, requested_at, finished_at, fitted_at, buyers,
              repeat_buyers, r, alpha_weeks, a, b, log_likelihood, p, q, v, spending_log_likelihood, spending_buyers,
              first_day, learned_weeks, expected, actual)
            values (:merchant, 'requested', 'shop', 'done', now(), now(), now(), 1000, 400, 0.5, 4, 1, 3, -5000, 6, 4, 15,
              -3000, 390, '2025-01-01', 1, '{1}', '{1}')
            """;

    @Inject
    Jdbi jdbi;

    @Test
    void isWarnedOfAtTheMidnightOnWhichTheOrdersHaveFallenToAHalf() {
        clock.shiftTo(NOON);
        var shop = buyingLess();
        assertThat(score(shop, 1).getString("churn")).isNull();
        assertThat(get(shop, "scores?churn=true").getList("items")).isEmpty();

        clock.shiftTo(WARNED.plusSeconds(1));

        eventually(() -> assertThat(lastPublished(shop, 1).churn()).isNotNull());
        var event = lastPublished(shop, 1);
        assertThat(event.backfill()).isFalse();
        assertThat(event.churn().signs()).containsExactly("frequency");
        assertThat(event.churn().step().seq()).isEqualTo(1);
        assertThat(event.churn().step().since()).isEqualTo(WARNED);
        assertThat(event.churn().step().backfill()).isFalse();
        as(shop).get("/v1/scores/ext:c1")
                .then()
                .statusCode(200)
                .body("churn.signs", equalTo(List.of("frequency")))
                .body("churn.since", equalTo("2026-02-05T16:00:00Z"))
                .body("churn.reason.zh", equalTo("近60天2单，之前同样天数6单"))
                .body("churn.reason.en", equalTo("2 orders in the last 60 days, 6 in as many before"));
        assertThat(get(shop, "scores?churn=true").getList("items.externalId")).containsExactly("c1");
        assertThat(get(shop, "scores?churn=frequency").getList("items.churn")).containsExactly(List.of("frequency"));
        assertThat(get(shop, "scores?churn=amount").getList("items")).isEmpty();
        assertThat(get(shop, "scores/ext:c1/history?dimension=churn").getList("items.key"))
                .containsExactly("frequency");
    }

    @Test
    void newOrdersEndAWarningAndTheNextOneIsNumbered() {
        clock.shiftTo(WARNED.plus(Duration.ofHours(12)));
        var shop = buyingLess();
        eventually(() -> assertThat(lastPublished(shop, 1).churn()).isNotNull());

        shop.order(100, 1).at(clock.instant()).line("A", 1, 10_00).arrives();
        shop.order(101, 1).at(clock.instant()).line("A", 1, 10_00).arrives();

        eventually(() -> assertThat(lastPublished(shop, 1).churn()).isNull());
        assertThat(get(shop, "scores?churn=true").getList("items")).isEmpty();
        shop.order(101, 1)
                .version(2)
                .at(clock.instant())
                .status(Status.CANCELLED)
                .line("A", 1, 10_00)
                .arrives();
        eventually(() -> assertThat(lastPublished(shop, 1).churn().step().seq()).isEqualTo(2));
    }

    @Test
    void aNewFitSaysWhoIsProbablyGone() {
        clock.shiftTo(NOON);
        for (var other = 1; other <= 5; other++) {
            done(known(950_000 + other));
        }
        var shop = new Shop();
        known(shop.merchant);
        shop.customer(1);
        elevenOrders(shop);

        eventually(() -> assertThat(score(shop, 1).getList("churn.signs")).containsExactly("alive"));

        eventually(() -> assertThat(lastPublished(shop, 1).churn()).isNotNull());
        assertThat(lastPublished(shop, 1).churn().step().backfill()).isTrue();
        assertThat(get(shop, "scores?churn=alive").getList("items.externalId")).containsExactly("c1");
    }

    @Test
    void anEarlierInstantIsJudgedByTheFitOfThen() {
        clock.shiftTo(NOON.plus(Duration.ofHours(3)));
        var shop = new Shop();
        known(shop.merchant, "UYU");
        shop.customer(1);
        elevenOrders(shop);
        eventually(() -> score(shop, 1));
        fitted(shop.merchant, NOON.minus(Duration.ofHours(1)), 1);
        fitted(shop.merchant, NOON.plus(Duration.ofHours(1)), 0.001);

        var before = get(shop, "scores/ext:c1?asOf=" + NOON.minus(Duration.ofHours(2)));
        var then = get(shop, "scores/ext:c1?asOf=" + NOON);
        var later = get(shop, "scores/ext:c1?asOf=" + NOON.plus(Duration.ofHours(2)));

        assertThat(before.getList("churn.signs")).containsExactly("alive");
        assertThat(then.getList("churn.signs")).containsExactly("alive");
        assertThat(later.getString("churn")).isNull();
    }

    private void fitted(int merchant, Instant at, double a) {
        jdbi.useHandle(handle -> {
            var id = handle.createQuery(DONE.strip() + " returning fit_id")
                    .bind("merchant", merchant)
                    .mapTo(Long.class)
                    .one();
            handle.createUpdate(
                            "update lifetime_fit set fitted_at = :at, a = :a where merchant_id = :m and fit_id = :id")
                    .bind("at", at)
                    .bind("a", a)
                    .bind("m", merchant)
                    .bind("id", id)
                    .execute();
        });
    }

    @Test
    void anUnknownSignIsRefused() {
        clock.shiftTo(NOON);
        var shop = Shop.open();

        as(shop).get("/v1/scores?churn=soon").then().statusCode(422).body("violations[0].field", equalTo("churn"));
    }

    @Test
    void merchantsDoNotSeeEachOthersWarnings() {
        clock.shiftTo(WARNED.plus(Duration.ofHours(12)));
        var shop = buyingLess();
        var other = Shop.open();
        eventually(() ->
                assertThat(get(shop, "scores?churn=true").getList("items")).hasSize(1));
        eventually(() -> assertThat(get(other, "models").getList("items")).hasSize(1));

        assertThat(get(other, "scores?churn=true").getList("items")).isEmpty();
        as(other).get("/v1/scores/ext:c1/history?dimension=churn").then().statusCode(404);
        as(other).get("/v1/scores/ext:c1").then().statusCode(404).body("churn", nullValue());
    }

    /// Six orders every ten days, then two every twenty-five; the last five days before noon.
    private static Shop buyingLess() {
        var shop = Shop.open();
        withFixedCutPoints(shop);
        shop.customer(1);
        var days = List.of(0, 10, 20, 30, 40, 50, 75, 100);
        for (var i = 0; i < days.size(); i++) {
            shop.order(1 + i, 1)
                    .at(NOON.minus(Duration.ofDays(105 - days.get(i))))
                    .line("A", 1, i < 6 ? 50_00 : 500_00)
                    .backfill()
                    .arrives();
        }
        eventually(() -> assertThat(lastPublished(shop, 1).frequency()).isEqualTo(8));
        return shop;
    }

    /// In thirty days, and none for twenty.
    private static void elevenOrders(Shop shop) {
        IntStream.rangeClosed(0, 10)
                .forEach(i -> shop.order(1 + i, 1)
                        .at(NOON.minus(Duration.ofDays(50 - 3L * i)))
                        .line("A", 1, 50_00)
                        .backfill()
                        .arrives());
    }

    private int known(int merchant) {
        return known(merchant, "CLP");
    }

    private int known(int merchant, String currency) {
        TestTopics.publish(new MerchantChanged(merchant, 1, "Shop", "Asia/Shanghai", currency, "zh-CN", List.of()));
        eventually(() -> assertThat(shops(merchant)).isEqualTo(1));
        return merchant;
    }

    private int shops(int merchant) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from shop where merchant_id = :merchant and version = 1")
                        .bind("merchant", merchant)
                        .mapTo(Integer.class)
                        .one());
    }

    private void done(int merchant) {
        jdbi.useHandle(
                handle -> handle.createUpdate(DONE).bind("merchant", merchant).execute());
    }
}
