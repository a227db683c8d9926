package io.regulars.scoring.edge;

import java.time.Duration;
import java.time.Instant;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.kit.merchant.Roles;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
class TimeAloneTest extends EdgeTest {

    /// Midnight in Shanghai.
    private static final Instant SLEEPS = Instant.parse("2026-03-02T16:00:00Z");

    @Test
    void aCustomerFallsAsleepAtTheMerchantsMidnightAndTheOthersAreNotTouched() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        withFixedCutPoints(shop);
        shop.customer(1);
        shop.customer(2);
        shop.order(10, 1).at(NOON).line("A", 1, 50_00).arrives();
        shop.order(11, 2).at(NOON.plus(Duration.ofDays(3))).line("A", 1, 50_00).arrives();
        eventually(() -> assertThat(lastPublished(shop, 1).frequency()).isEqualTo(1));
        clock.shiftTo(NOON.plus(Duration.ofDays(4)));
        eventually(() -> assertThat(lastPublished(shop, 2).frequency()).isEqualTo(1));
        clock.shiftTo(SLEEPS.minusSeconds(3600));
        // the day's calibration gives them their groups
        eventually(() -> assertThat(lastPublished(shop, 1).group()).isNotNull());
        eventually(() -> assertThat(lastPublished(shop, 2).group()).isNotNull());
        var before = published(shop, 2).size();
        assertThat(lastPublished(shop, 1).stage().key()).isEqualTo("new");

        clock.shiftTo(SLEEPS.plusSeconds(1));

        eventually(() -> assertThat(lastPublished(shop, 1).stage().key()).isEqualTo("sleeping"));
        var event = lastPublished(shop, 1);
        assertThat(event.stage().previous()).isEqualTo("new");
        assertThat(event.stage().since()).isEqualTo(SLEEPS);
        assertThat(event.backfill()).isFalse();
        assertThat(published(shop, 2)).hasSize(before);
    }

    @Test
    void aRepurchaseWindowOpensAndClosesToTheMinute() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.product("wipes", 1, 20.0);
        shop.customer(1);
        shop.order(10, 1).at(NOON).line("wipes", 1, 50_00).arrives();
        eventually(() ->
                assertThat(get(shop, "forecasts/ext:c1").getList("products")).hasSize(1));
        var forecast = get(shop, "forecasts/ext:c1");
        assertThat(forecast.getString("products[0].windowOpensAt")).isEqualTo("2026-02-16T04:00:00Z");
        assertThat(forecast.getString("products[0].windowClosesAt")).isEqualTo("2026-02-19T04:00:00Z");
        assertThat(forecast.getString("products[0].basis")).isEqualTo("lasts");
        assertThat(lastPublished(shop, 1).openWindows()).isEmpty();

        clock.shiftTo(Instant.parse("2026-02-16T04:00:01Z"));

        eventually(() -> assertThat(lastPublished(shop, 1).openWindows())
                .singleElement()
                .satisfies(window -> {
                    assertThat(window.productCode()).isEqualTo("wipes");
                    assertThat(window.causeOrderId()).isEqualTo(10);
                }));
        assertThat(lastPublished(shop, 1).backfill()).isFalse();
        clock.shiftTo(Instant.parse("2026-02-19T04:00:01Z"));
        eventually(() -> assertThat(lastPublished(shop, 1).openWindows()).isEmpty());
    }

    @Test
    void aProductThatIsSaidToLastLongerMovesTheForecastsOfItsBuyers() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        shop.order(10, 1).at(NOON).line("wipes", 2, 50_00).arrives();
        eventually(() -> assertThat(score(shop, 1).getInt("frequency")).isEqualTo(1));
        assertThat(get(shop, "forecasts/ext:c1").getList("products")).isEmpty();

        shop.product("wipes", 1, 20.0);
        eventually(() -> assertThat(get(shop, "forecasts/ext:c1").getString("products[0].runsOutAt"))
                .isEqualTo("2026-03-13T04:00:00Z"));
        shop.product("wipes", 2, 30.0);

        eventually(() -> assertThat(get(shop, "forecasts/ext:c1").getString("products[0].runsOutAt"))
                .isEqualTo("2026-04-02T04:00:00Z"));
    }

    @Test
    void aTierGivenByHandEndsToTheMinute() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        eventually(() -> assertThat(lastPublished(shop, 1).tier().key()).isEqualTo("new"));

        pin(shop, "{\"tier\": \"vip\", \"until\": \"2026-02-03T15:30:00+08:00\", \"reason\": \"一个包裹丢了 📦\"}")
                .then()
                .statusCode(200)
                .body("tier.key", equalTo("vip"))
                .body("tier.earned", equalTo("new"))
                .body("tier.pin.reason", equalTo("一个包裹丢了 📦"))
                .body("tier.reason.en", startsWith("given by hand until 2026-02-03"))
                .body("nextReviewAt", equalTo("2026-02-03T07:30:00Z"));

        eventually(() -> assertThat(lastPublished(shop, 1).tier().key()).isEqualTo("vip"));
        assertThat(lastPublished(shop, 1).tier().backfill()).isFalse();
        clock.shiftTo(Instant.parse("2026-02-03T07:30:01Z"));
        eventually(() -> assertThat(lastPublished(shop, 1).tier().key()).isEqualTo("new"));
        assertThat(get(shop, "scores/ext:c1/history?dimension=tier").getList("items.key"))
                .containsExactly("new", "vip", "new");
    }

    @Test
    void aTierGivenByHandCanBeTakenBack() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        var other = Shop.open();
        shop.customer(1);
        eventually(() -> assertThat(score(shop, 1).getString("tier.key")).isEqualTo("new"));
        pin(shop, "{\"tier\": \"vip\", \"until\": \"2026-06-01T00:00:00Z\", \"reason\": \"x\"}")
                .then()
                .statusCode(200);

        as(other).delete("/v1/scores/ext:c1/pin").then().statusCode(404);
        as(shop, Roles.ANALYST).delete("/v1/scores/ext:c1/pin").then().statusCode(403);
        as(shop).delete("/v1/scores/ext:c1/pin")
                .then()
                .statusCode(200)
                .body("tier.key", equalTo("new"))
                .body("tier.pin", nullValue());
        as(shop).delete("/v1/scores/ext:c1/pin").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tier   | {'tier': 'gold', 'until': '2026-06-01T00:00:00Z', 'reason': 'x'}",
                "until  | {'tier': 'vip', 'until': '2026-01-01T00:00:00Z', 'reason': 'x'}",
                "until  | {'tier': 'vip', 'until': '2056-01-01T00:00:00Z', 'reason': 'x'}",
                "reason | {'tier': 'vip', 'until': '2026-06-01T00:00:00Z', 'reason': ' '}",
                "until  | {'tier': 'vip', 'reason': 'x'}",
            },
            quoteCharacter = '"')
    void aTierThatCannotBeGivenIsRefused(String field, String body) {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        eventually(() -> assertThat(score(shop, 1).getString("tier.key")).isEqualTo("new"));

        pin(shop, body.replace('\'', '"')).then().statusCode(422).body("violations.field", hasItem(endsWith(field)));
    }

    private static Response pin(Shop shop, String body) {
        return as(shop).body(body).put("/v1/scores/ext:c1/pin");
    }

    @Test
    void aTierIsKeptThroughTheGracePeriodAndThenLost() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        eventually(() -> assertThat(lastPublished(shop, 1).tier().key()).isEqualTo("new"));
        shop.order(10, 1).at(NOON).line("A", 1, 12_000_00).arrives();
        eventually(() -> assertThat(lastPublished(shop, 1).tier().key()).isEqualTo("senior"));

        clock.shiftTo(NOON.plus(Duration.ofDays(182)));
        eventually(() -> assertThat(score(shop, 1).getString("tier.fallsAt")).isEqualTo("2026-08-30T16:00:00Z"));
        assertThat(score(shop, 1).getString("tier.key")).isEqualTo("senior");
        assertThat(score(shop, 1).getString("tier.earned")).isEqualTo("ordinary");
        assertThat(lastPublished(shop, 1).tier().key()).isEqualTo("senior");

        clock.shiftTo(NOON.plus(Duration.ofDays(212)));
        eventually(() -> assertThat(lastPublished(shop, 1).tier().key()).isEqualTo("ordinary"));
        var history = get(shop, "scores/ext:c1/history?dimension=tier");
        assertThat(history.getList("items.key")).containsExactly("ordinary", "senior", "new");
        assertThat(history.getList("items.direction")).containsExactly("down", "up", null);
    }
}
