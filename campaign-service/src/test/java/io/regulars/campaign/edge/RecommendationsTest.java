package io.regulars.campaign.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Event;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.ProductChanged;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

/// What goes with the last purchase: by the catalogue, by others' orders, by what sells best.
@QuarkusTest
class RecommendationsTest extends ServiceEdge {

    private ProductChanged product(long version, String code, String category, String... related) {
        return new ProductChanged(shop.merchant(), version, code, "商品" + code, category, 3980L, null, List.of(related));
    }

    private OrderChanged order(long customer, long id, String... products) {
        return order(customer, id, 1, OrderChanged.Status.PAID, products);
    }

    private OrderChanged order(long customer, long id, long version, OrderChanged.Status status, String... products) {
        List<OrderChanged.Line> lines = new ArrayList<>();
        for (String code : products) {
            String category = code.startsWith("hair") ? "hair" : "bath";
            lines.add(new OrderChanged.Line(lines.size() + 1, code, code, category, 1, 3980, 1, 3980));
        }
        return new OrderChanged(
                shop.merchant(),
                id,
                version,
                "T" + id,
                customer,
                status,
                clock.instant().minus(Duration.ofDays(40 - id)),
                "CNY",
                "shop",
                false,
                lines,
                List.of(),
                false);
    }

    private void open() {
        TestTopics.publish(new MerchantChanged(
                shop.merchant(), 2, TestShop.NAME, "Asia/Shanghai", "CNY", "zh-CN", List.of("POST")));
        List<Event> told = new ArrayList<>(List.of(
                product(2, "hair-dryer", "hair", "bath-towel", "gone", "hair-brush"),
                product(1, "hair-dryer", "hair", "hair-clip"),
                product(1, "hair-brush", "hair"),
                product(1, "hair-clip", "hair"),
                product(1, "bath-towel", "bath"),
                product(1, "bath-oil", "bath"),
                product(1, "POST", "bath")));
        // customers 11 and 12 buy dryer and oil together; postage goes with everything
        told.add(order(11, 1, "hair-dryer", "bath-oil", "POST"));
        told.add(order(12, 2, "hair-dryer", "bath-oil", "POST"));
        told.add(order(13, 3, "hair-clip", "hair-dryer", "POST"));
        // given back: nobody has it
        told.add(order(14, 4, 1, OrderChanged.Status.REFUNDED, "hair-clip", "hair-dryer"));
        // customer 1 has a brush, and bought a dryer last
        told.add(order(1, 5, "hair-brush"));
        told.add(order(1, 6, "hair-dryer"));
        told.forEach(TestTopics::publish);
        told.forEach(TestTopics::publish);
        shop.joins(1);
        shop.joins(2);
        known(1, 2);
        eventually(() -> number("select count(distinct order_id) from purchase where merchant_id = :m") == 5);
        eventually(() -> number("select count(*) from product where merchant_id = :m") == 6);
        run();
    }

    private void run() {
        eventually(() -> number("select count(*) from recommendation_run where merchant_id = :m") == 1);
        jdbi.useHandle(handle -> handle.execute(
                "update recommendation_run set due_at = now() - interval '1 day', finished_at = null where merchant_id = ?",
                shop.merchant()));
        eventually(() ->
                number("select count(*) from recommendation_run where merchant_id = :m and finished_at is not null")
                        == 1);
    }

    @Test
    void offersWhatGoesWithTheLastPurchaseAndIsNotThereYet() {
        open();

        get("/v1/recommendations/ext:u1")
                .statusCode(200)
                .body("lists.'recommended.related'.code", is(List.of("bath-towel")))
                .body("lists.'recommended.together'.code", is(List.of("bath-oil")))
                .body("lists.'recommended.bestSellers'.code", is(List.of("hair-clip")))
                .body("lists.'recommended.any'.code", is(List.of("bath-towel")))
                .body("lists.'recommended.any'[0].name", is("商品bath-towel"))
                .body("lists.'recommended.any'[0].price", is("¥39.80"))
                .body("lists.'recommended.any'[0].link", nullValue());
        // who bought nothing is offered what sells best in the shop, and of each other list nothing
        get("/v1/recommendations/ext:u2")
                .body("lists.'recommended.any'.code", hasItem("hair-dryer"))
                .body("lists.'recommended.related'", nullValue());
        as(shop.merchant() + 500_000, Roles.OWNER)
                .get("/v1/recommendations/ext:u1")
                .then()
                .statusCode(404);

        // again from the beginning, and worked out again: the same
        TestTopics.publish(product(1, "hair-dryer", "hair", "hair-clip"));
        TestTopics.publish(order(11, 1, "hair-dryer", "bath-oil", "POST"));
        run();
        get("/v1/recommendations/ext:u1").body("lists.'recommended.together'.code", is(List.of("bath-oil")));
        assertThat(number("select orders from product_pair where merchant_id = :m and code = 'hair-dryer'"))
                .isEqualTo(2);
    }

    @Test
    void templatesLoopOverThemAndSayWhatElseIsSaid() {
        open();
        put("/v1/recommendations/settings", "{\"productPage\": \"javascript:{code}\"}")
                .statusCode(422);
        put("/v1/recommendations/settings", "{\"productPage\": \"https://shop.example/p?id={code}\"}")
                .statusCode(200);
        String id = post("/v1/templates", """
                        {"externalId": "more", "channel": "email", "content": {"subject": "s", "text":
                          "{#for p in recommended.together}{p.name} {p.price ?: ''} {p.link ?: ''}{#else}到店看看{/for}"}}""").statusCode(201).extract().path("id");

        post("/v1/templates/{t}/preview", "{\"customers\": [\"ext:u1\", \"ext:u2\"], \"sample\": {}}", id)
                .statusCode(200)
                .body("items[0].text", containsString("商品bath-oil ¥39.80 https://shop.example/p?id=bath-oil"))
                .body("items[1].text", containsString("到店看看"))
                .body("items[1].missing", hasItem("recommended.together"))
                .body("lacking.variables.find { it.name == 'recommended.together' }.lacking", is(1));

        activate(
                "{\"type\": \"tier-changed\", \"direction\": \"up\"}",
                "{\"type\": \"send\", \"channel\": \"email\", \"template\": {\"ref\": \"ext:more\"}}");
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> mailTo(1).size() == 1);
        assertThat(mailTo(1).getFirst().text()).contains("商品bath-oil");
    }
}
