package io.regulars.scoring.edge;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Channel;
import io.regulars.events.EngagementRecorded;
import io.regulars.events.InteractionRecorded;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Line;
import io.regulars.events.OrderChanged.Status;
import io.regulars.kit.merchant.Roles;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;

/// What customers do besides buying, what they buy, and models that go by it.
@QuarkusTest
class DimensionsTest extends EdgeTest {

    private static final String FACTS = """
            select days::text || orders::text || amounts::text || promotions::text || promotion_amounts::text
              || acts::text || bought::text || categories::text
            from history where merchant_id = :merchant and customer_id = 1
            """;

    @Inject
    Jdbi jdbi;

    private String facts(Shop shop) {
        return jdbi.withHandle(handle -> handle.createQuery(FACTS)
                .bind("merchant", shop.merchant)
                .mapTo(String.class)
                .one());
    }

    private static OrderChanged order(Shop shop, long id, long version, Status status, String day, Line... lines) {
        return new OrderChanged(
                shop.merchant,
                id,
                version,
                "o" + id,
                1,
                status,
                Instant.parse(day + "T06:00:00Z"),
                "CNY",
                null,
                id % 2 == 0,
                List.of(lines),
                List.of(),
                false);
    }

    private static Line line(int no, String category, long kept) {
        return new Line(no, "P" + no, "Thing", category, 2, 100_00, kept, kept * 50_00);
    }

    private static InteractionRecorded did(Shop shop, long id, String kind, Integer rating, String day) {
        return new InteractionRecorded(
                shop.merchant, 1, id, "i" + id, kind, Instant.parse(day + "T20:00:00Z"), rating, null, Map.of(), false);
    }

    private static EngagementRecorded engaged(Shop shop, String id, String kind, String day) {
        return new EngagementRecorded(
                shop.merchant, 1, id, 5, 9L, Channel.EMAIL, kind, Instant.parse(day + "T06:00:00Z"));
    }

    @Test
    void factsMovedByDifferencesAreThoseMadeAnew() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        var tea = order(shop, 10, 1, Status.PAID, "2026-01-10", line(1, "茶", 2), line(2, "茶 \"x\\y\", {1}", 2));
        var refunded =
                order(shop, 10, 2, Status.PART_REFUNDED, "2026-01-10", line(1, "茶", 1), line(2, "茶 \"x\\y\", {1}", 0));
        var coffee = order(shop, 11, 1, Status.PAID, "2026-01-12", line(1, "☕", 1), line(2, null, 1));
        var gone = order(shop, 12, 1, Status.PAID, "2026-01-12", line(1, "刀", 2));
        var cancelled = order(shop, 12, 2, Status.CANCELLED, "2026-01-12", line(1, "刀", 2));
        for (var event : List.of(tea, coffee, gone, refunded, cancelled, tea)) {
            TestTopics.publish(event);
        }
        // Eight in the evening, Greenwich, is the next day in Shanghai.
        for (var act : List.of(
                did(shop, 1, "visited", null, "2026-01-14"),
                did(shop, 2, "product_reviewed", 4, "2026-01-14"),
                did(shop, 2, "product_reviewed", 4, "2026-01-14"),
                did(shop, 3, "survey_answered", 95, "2026-01-20"),
                did(shop, 4, "products_searched", null, "2026-01-20"),
                did(shop, 5, "complained", 1, "2026-01-20"))) {
            TestTopics.publish(act);
        }
        TestTopics.publish(engaged(shop, "m-1:clicked", "clicked", "2026-01-14"));
        TestTopics.publish(engaged(shop, "m-1:clicked", "clicked", "2026-01-14"));
        TestTopics.publish(engaged(shop, "m-1:delivered", "delivered", "2026-01-14"));

        var expected = "{20463,20465}{1,1}{5000,10000}{1,0}{5000,0}"
                + "{20467,0,1,0,0,20468,1,1,1,80,20474,0,1,1,95}{20463,1,20465,1}{茶,☕}";
        eventually(() -> assertThat(facts(shop)).isEqualTo(expected));
        recompute(shop, true);
        assertThat(facts(shop)).isEqualTo(expected);
        assertThat(score(shop, 1).getMap("classes"))
                .isEqualTo(Map.of(
                        "frequency", "low",
                        "amount", "low",
                        "orderValue", "small",
                        "interaction", "active",
                        "satisfaction", "satisfied"));
        assertThat(lastPublished(shop, 1).classes()).containsEntry("satisfaction", "satisfied");
    }

    @Test
    void aModelMayGoByWhatCustomersDo() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        shop.order(10, 1).at(NOON).line("A", 1, 10_00).arrives();
        eventually(() -> assertThat(score(shop, 1).getInt("frequency")).isEqualTo(1));
        var draft = as(shop).body("""
                        {"name": "acts", "definition": {"tiering": {
                          "window": "P365D", "grace": "P0D",
                          "recency": {"weight": 0}, "frequency": {"weight": 0}, "monetary": {"weight": 0},
                          "also": {"interaction": {"weight": 1, "bins": [{"atLeast": 1, "points": 5}]},
                                   "satisfaction": {"weight": 1, "withoutData": 2,
                                                    "bins": [{"atLeast": 80, "points": 5}]}},
                          "ladder": [{"key": "guest", "labels": {"zh": "客", "en": "Guest"}, "from": 0},
                                     {"key": "friend", "labels": {"zh": "友", "en": "Friend"}, "from": 6}]}}}
                        """)
                .post("/v1/models")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        as(shop).post("/v1/models/" + draft + "/activate").then().statusCode(202);
        eventually(() -> assertThat(score(shop, 1).getString("tier.key")).isEqualTo("guest"));
        assertThat(score(shop, 1).getBoolean("dimensions.find { it.name == 'satisfaction' }.withoutData"))
                .isTrue();
        assertThat(score(shop, 1).getInt("tier.points")).isEqualTo(2);

        TestTopics.publish(engaged(shop, "m-2:opened", "opened", "2026-02-01"));

        eventually(() -> assertThat(lastPublished(shop, 1).tier().key()).isEqualTo("friend"));
        assertThat(lastPublished(shop, 1).tier().backfill()).isFalse();
        assertThat(score(shop, 1).getInt("tier.points")).isEqualTo(7);
    }

    @Test
    void aReadyModelScoresByQuintiles() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        for (var customer = 1; customer <= 10; customer++) {
            shop.customer(customer);
            for (var order = 0; order < customer; order++) {
                shop.order(100L * customer + order, customer)
                        .at(NOON.minusSeconds(86_400L * (11 - customer)))
                        .line("A", 1, 10_00)
                        .arrives();
            }
        }
        eventually(() -> assertThat(score(shop, 10).getInt("frequency")).isEqualTo(10));
        eventually(() -> assertThat(score(shop, 9).getInt("frequency")).isEqualTo(9));
        as(shop).get("/v1/models/ready")
                .then()
                .statusCode(200)
                .body("items.key", hasItems("five-tiers", "rfm-quintiles", "value"));
        as(shop).body("{\"name\": \"x\", \"ready\": \"none\"}")
                .post("/v1/models")
                .then()
                .statusCode(422)
                .body("violations[0].message", containsString("rfm-quintiles"));
        var draft = as(shop).body("{\"name\": \"Quintiles\", \"ready\": \"rfm-quintiles\"}")
                .post("/v1/models")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");

        as(shop).post("/v1/models/" + draft + "/activate").then().statusCode(202);

        eventually(() -> assertThat(score(shop, 10).getString("group.key")).isEqualTo("champions"));
        eventually(() -> assertThat(score(shop, 1).getString("group.key")).isEqualTo("hibernating"));
        assertThat(score(shop, 5).getMap("group.scores"))
                .isEqualTo(Map.of("recency", 3, "frequency", 3, "monetary", 3));
        assertThat(score(shop, 5).getString("group.labels.en")).isEqualTo("Need attention");
        // A score is explained by the model in force; the list and the report wait for the recompute.
        eventually(
                () -> assertThat(get(shop, "reports/groups").getInt("groups.find { it.key == 'champions' }.customers"))
                        .isEqualTo(2));
        assertThat(get(shop, "scores?group=champions").getList("items")).hasSize(2);
        as(shop, Roles.INTEGRATION)
                .body("{\"name\": \"x\", \"ready\": \"value\"}")
                .post("/v1/models")
                .then()
                .statusCode(403);
    }
}
