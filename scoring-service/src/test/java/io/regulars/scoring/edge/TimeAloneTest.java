package io.regulars.scoring.edge;

import java.time.Duration;
import java.time.Instant;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
        eventually(
                () -> assertThat(get(shop, "forecasts/ext:c1").getList("items")).hasSize(1));
        var forecast = get(shop, "forecasts/ext:c1");
        assertThat(forecast.getString("items[0].windowOpensAt")).isEqualTo("2026-02-16T04:00:00Z");
        assertThat(forecast.getString("items[0].windowClosesAt")).isEqualTo("2026-02-19T04:00:00Z");
        assertThat(forecast.getString("items[0].basis")).isEqualTo("lasts");
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
        assertThat(get(shop, "forecasts/ext:c1").getList("items")).isEmpty();

        shop.product("wipes", 1, 20.0);
        eventually(() -> assertThat(get(shop, "forecasts/ext:c1").getString("items[0].runsOutAt"))
                .isEqualTo("2026-03-13T04:00:00Z"));
        shop.product("wipes", 2, 30.0);

        eventually(() -> assertThat(get(shop, "forecasts/ext:c1").getString("items[0].runsOutAt"))
                .isEqualTo("2026-04-02T04:00:00Z"));
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
