package io.regulars.scoring.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

/// Who was lost and comes back, and the cycle that all stages are measured by.
@QuarkusTest
class StagesTest extends EdgeTest {

    @Test
    void whoWasLostAndOrdersIsWonBack() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        withFixedCutPoints(shop);
        shop.customer(1);
        shop.order(1, 1)
                .at(NOON.minus(Duration.ofDays(200)))
                .line("A", 1, 50_00)
                .backfill()
                .arrives();
        eventually(() -> assertThat(lastPublished(shop, 1).stage().key()).isEqualTo("lost"));
        as(shop).get("/v1/scores/ext:c1")
                .then()
                .body("stage.degree", equalTo("short"))
                .body("stage.longLostAfterDays", equalTo(270))
                .body("stage.since", equalTo("2025-10-13T16:00:00Z"))
                .body("nextReviewAt", equalTo("2026-04-11T16:00:00Z"));

        shop.order(2, 1).at(NOON).line("A", 1, 50_00).arrives();

        eventually(() -> assertThat(lastPublished(shop, 1).stage().key()).isEqualTo("won-back"));
        assertThat(lastPublished(shop, 1).stage().previous()).isEqualTo("lost");
        assertThat(lastPublished(shop, 1).stage().backfill()).isFalse();
        as(shop).get("/v1/scores/ext:c1")
                .then()
                .body("stage.degree", nullValue())
                .body("stage.reason.en", equalTo("Was lost and ordered again on 2026-02-01"));
        assertThat(get(shop, "scores?stage=won-back").getList("items.externalId"))
                .containsExactly("c1");
        assertThat(get(shop, "reports/stages").getList("stages.key")).contains("won-back");
    }

    @Test
    void sizesComeAsTables() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        shop.order(10, 1).at(NOON).line("A", 1, 50_00).arrives();
        eventually(() -> assertThat(lastPublished(shop, 1).frequency()).isEqualTo(1));

        for (var name : List.of("tiers", "groups", "stages")) {
            var rows = as(shop).accept("text/csv")
                    .get("/v1/reports/" + name)
                    .then()
                    .statusCode(200)
                    .contentType("text/csv")
                    .extract()
                    .asString()
                    .split("\r\n");
            var report = get(shop, "reports/" + name);
            assertThat(rows).hasSize(report.getList(name).size() + 1);
            assertThat(rows[0]).isEqualTo("key,label,customers,share,orders,sales,currency");
            assertThat(rows[1])
                    .startsWith(report.getString(name + "[0].key") + ",")
                    .endsWith(",CNY");
        }
        assertThat(as(shop).accept("text/csv").get("/v1/reports/stages").asString())
                .contains("\r\nnew,新客,1,1.0000,1,50.00,CNY\r\n");
    }

    @Test
    void bothCyclesComeAsATable() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        var last = Instant.parse("2026-01-21T04:00:00Z");
        for (var customer = 1; customer <= 3; customer++) {
            shop.customer(customer);
            for (var i = 0; i < 3; i++) {
                shop.order(10L * customer + i, customer)
                        .at(last.minus(Duration.ofDays((30L + customer) * i)))
                        .line("A", 1, 50_00)
                        .backfill()
                        .arrives();
            }
        }

        eventually(() -> assertThat(as(shop).accept("text/csv")
                        .get("/v1/reports/cycles")
                        .then()
                        .statusCode(200)
                        .contentType("text/csv")
                        .extract()
                        .asString())
                .isEqualTo("definition,medianDays,intervals,repeatBuyers,used\r\n"
                        + "pooled,32.0,6,3,false\r\ncustomers,32.0,6,3,true\r\n"));
        assertThat(get(shop, "reports/cycles").getInt("longLostAfterDays")).isEqualTo(288);
    }
}
