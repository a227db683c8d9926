package io.regulars.scoring.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.MerchantChanged;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Roles;
import io.restassured.path.json.JsonPath;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

/// What is expected of customers of shops too small to be fitted; a real shop of a size that can be is in
/// CdnowShopTest.
@QuarkusTest
class OutlookTest extends EdgeTest {

    private static final String DONE = """
            insert into lifetime_fit (merchant_id, reason, basis, state, requested_at, finished_at, fitted_at, buyers,
              repeat_buyers, r, alpha_weeks, a, b, log_likelihood, p, q, v, spending_log_likelihood, spending_buyers,
              first_day, learned_weeks, expected, actual)
            values (:merchant, 'requested', 'shop', 'done', now(), now(), now(), 1000, 400, :r, 4, 1, 3, -5000, 6, 4, 15,
              -3000, 390, '2025-01-01', 1, '{1}', '{1}')
            """;

    @Inject
    Jdbi jdbi;

    @Test
    void aSmallShopIsForecastByItsCycleAndSaysSo() {
        clock.shiftTo(NOON);
        var shop = smallShop();

        eventually(
                () -> assertThat(lifetime(shop, 1, "P60D").getString("basis")).isEqualTo("cycle"));

        var lifetime = lifetime(shop, 1, "P60D");
        assertThat(lifetime.getString("rests.en")).contains("cycle of 30 days");
        assertThat(lifetime.getInt("horizonDays")).isEqualTo(60);
        assertThat(lifetime.getString("fit")).isNull();
        assertThat(lifetime.getString("alive")).isNull();
        assertThat(lifetime.getDouble("expectedOrders")).isEqualTo(2);
        assertThat(lifetime.getString("orderValue.amount")).isEqualTo("50.00");
        assertThat(lifetime.getString("expectedValue.amount")).isEqualTo("100.00");
        assertThat(lifetime.getString("nextOrderDay")).isEqualTo("2026-02-20");
    }

    @Test
    void nothingIsSaidOfWhoNeverBought() {
        clock.shiftTo(NOON);
        var shop = smallShop();
        shop.customer(9);
        eventually(() -> assertThat(score(shop, 9).getString("stage.key")).isEqualTo("prospect"));

        var lifetime = lifetime(shop, 9, "P60D");

        assertThat(lifetime.getString("basis")).isEqualTo("none");
        assertThat(lifetime.getString("expectedOrders")).isNull();
    }

    @Test
    void aSmallShopTakesTheMiddleOfOthersWithItsCurrency() {
        clock.shiftTo(NOON);
        for (var other = 1; other <= 5; other++) {
            done(known(940_000 + other, "ISK"), other == 1 ? 40 : 0.2 * other);
        }
        var shop = new Shop();
        known(shop.merchant, "ISK");
        orders(shop);
        ended(shop, fit(shop, "{}"));

        eventually(() -> assertThat(lifetime(shop, 1, "P1Y").getString("basis")).isEqualTo("shops"));

        var fit = get(shop, "forecast-fits/" + lifetime(shop, 1, "P1Y").getString("fit"));
        assertThat(fit.getDouble("purchases.r")).isEqualTo(0.8);
        assertThat(fit.getLong("buyers")).isEqualTo(3);
        assertThat(lifetime(shop, 1, "P1Y").getDouble("alive")).isBetween(0.5, 1.0);
        assertThat(lifetime(shop, 1, "P1Y").getString("rests.en")).contains("other shops");
    }

    @Test
    void aFitThatFailsSaysWhyAndLeavesTheOneBefore() {
        clock.shiftTo(NOON);
        var shop = smallShop();
        eventually(() -> assertThat(get(shop, "forecast-fits").getList("items")).isNotEmpty());
        done(shop.merchant, 0.3);

        var failed = ended(shop, fit(shop, "{}"));

        assertThat(failed.getString("state")).isEqualTo("failed");
        assertThat(failed.getString("problem")).contains("3 customers have bought, 3 of them again");
        assertThat(lifetime(shop, 1, "P1Y").getString("basis")).isEqualTo("shop");
    }

    @Test
    void aFitThatAReplicaLeftIsMadeByAnother() {
        clock.shiftTo(NOON);
        var shop = smallShop();
        var left = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into lifetime_fit (merchant_id, reason, state, requested_at, started_at, attempts)
                        values (:merchant, 'requested', 'running', now(), now(), 1) returning fit_id
                        """)
                .bind("merchant", shop.merchant)
                .mapTo(Long.class)
                .one());

        assertThat(ended(shop, PublicId.format("fit", left)).getString("state")).isEqualTo("failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0D", "-P1D", "P11Y", "PT5H", "soon"})
    void aHorizonThatCannotBeIsRefused(String horizon) {
        clock.shiftTo(NOON);
        var shop = smallShop();
        eventually(() -> assertThat(score(shop, 1).getInt("frequency")).isEqualTo(3));

        as(shop).get("/v1/forecasts/ext:c1?horizon=" + horizon)
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("horizon"));
    }

    @Test
    void aFitOfTheFutureIsRefused() {
        clock.shiftTo(NOON);
        var shop = Shop.open();

        as(shop).body("{\"asOf\": \"%s\"}".formatted(NOON.plus(Duration.ofDays(1))))
                .post("/v1/forecast-fits")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("asOf"));
        as(shop).body("{\"as\": 1}")
                .post("/v1/forecast-fits")
                .then()
                .statusCode(422)
                .body("detail", containsString("asOf"));
        as(shop, Roles.SUPPORT).body("{}").post("/v1/forecast-fits").then().statusCode(403);
    }

    @Test
    void merchantsDoNotSeeEachOthersFits() {
        clock.shiftTo(NOON);
        var shop = smallShop();
        var other = Shop.open();
        var fit = fit(shop, "{}");
        eventually(() -> assertThat(get(other, "models").getList("items")).hasSize(1));

        as(other).get("/v1/forecast-fits/" + fit).then().statusCode(404);
        as(other).get("/v1/forecasts/ext:c1").then().statusCode(404);
        as(other)
                .get("/v1/forecast-fits")
                .then()
                .statusCode(200)
                .body("items.find { it.id == '%s' }".formatted(fit), nullValue());
    }

    private static JsonPath lifetime(Shop shop, long customer, String horizon) {
        var path = get(shop, "forecasts/ext:c" + customer + "?horizon=" + horizon);
        return path.setRootPath("lifetime");
    }

    private static String fit(Shop shop, String body) {
        return as(shop).body(body)
                .post("/v1/forecast-fits")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static JsonPath ended(Shop shop, String fit) {
        eventually(() ->
                assertThat(get(shop, "forecast-fits/" + fit).getString("state")).isIn("done", "failed"));
        return get(shop, "forecast-fits/" + fit);
    }

    private void done(int merchant, double r) {
        jdbi.useHandle(handle -> handle.createUpdate(DONE)
                .bind("merchant", merchant)
                .bind("r", r)
                .execute());
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

    /// Three customers who bought every thirty days, the last time eleven days ago.
    private static Shop smallShop() {
        var shop = Shop.open();
        orders(shop);
        return shop;
    }

    /// Until all of them are scored. A fit that was made meanwhile knows fewer.
    private static void orders(Shop shop) {
        var last = Instant.parse("2026-01-21T04:00:00Z");
        for (var customer = 1; customer <= 3; customer++) {
            shop.customer(customer);
            for (var i = 0; i < 3; i++) {
                shop.order(10L * customer + i, customer)
                        .at(last.minus(Duration.ofDays(30L * i)))
                        .line("A", 1, 50_00)
                        .backfill()
                        .arrives();
            }
        }
        eventually(() -> assertThat(score(shop, 3).getInt("frequency")).isEqualTo(3));
    }
}
