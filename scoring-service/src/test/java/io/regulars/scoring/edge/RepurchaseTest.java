package io.regulars.scoring.edge;

import java.time.Duration;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class RepurchaseTest extends EdgeTest {

    @Test
    void aCustomersOwnIntervalsTellWhenTheyNeedItAgainAndHowSurely() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        var other = Shop.open();
        shop.product("wipes", 1, 20.0);
        shop.customer(1);
        var daysAgo = new int[] {91, 61, 29, 0};
        for (var i = 0; i < daysAgo.length; i++) {
            shop.order(10 + i, 1)
                    .at(NOON.minus(Duration.ofDays(daysAgo[i])))
                    .line("tea", 1, 50_00)
                    .arrives();
        }
        shop.order(20, 1).at(NOON).line("wipes", 1, 50_00).arrives();
        eventually(() ->
                assertThat(get(shop, "forecasts/ext:c1").getList("products")).hasSize(2));

        var path = get(shop, "forecasts/ext:c1");
        assertThat(path.getList("products.productCode")).containsExactly("wipes", "tea");
        assertThat(path.getString("products[0].basis")).isEqualTo("lasts");
        assertThat(path.getMap("products[0].confidence")).isNull();
        assertThat(path.getString("products[1].basis")).isEqualTo("customer");
        assertThat(path.getDouble("products[1].cycleDays")).isEqualTo(30);
        assertThat(path.getString("products[1].runsOutAt")).isEqualTo("2026-03-03T04:00:00Z");
        assertThat(path.getDouble("products[1].confidence.fromDays")).isEqualTo(29);
        assertThat(path.getDouble("products[1].confidence.toDays")).isEqualTo(32);
        assertThat(path.getDouble("products[1].confidence.level")).isEqualTo(0.75);
        assertThat(path.getInt("products[1].confidence.intervals")).isEqualTo(3);
        assertThat(path.getInt("products[1].confidence.customers")).isEqualTo(1);
        as(other).get("/v1/forecasts/ext:c1").then().statusCode(404);
    }
}
