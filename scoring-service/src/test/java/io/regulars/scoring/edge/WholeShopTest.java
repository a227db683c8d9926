package io.regulars.scoring.edge;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Event;
import io.regulars.events.ScoreChanged;
import io.regulars.events.Topic;
import io.regulars.kit.merchant.Roles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
class WholeShopTest extends EdgeTest {

    private static final int CUSTOMERS = 12;

    @Inject
    Jdbi jdbi;

    @Test
    void aRecomputeComesToTheSameFiguresAndTellsNobodyAnything() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        settle(shop);
        var scored = scores(shop);
        var published = published(shop);

        var job = recompute(shop, false);
        recompute(shop, true);

        assertThat(job.getInt("done")).isEqualTo(CUSTOMERS);
        assertThat(job.getInt("total")).isEqualTo(CUSTOMERS);
        assertThat(scores(shop)).isEqualTo(scored);
        assertThat(published(shop)).isEqualTo(published);
    }

    @Test
    void aRecomputeWritesNoScoreAgainThatIsTheSame() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        settle(shop);
        var written = writtenBy(shop);

        recompute(shop, false);
        // this one locks whom it makes anew, right or wrong
        recompute(shop, true);

        assertThat(written).hasSize(CUSTOMERS);
        assertThat(writtenBy(shop)).isEqualTo(written);
    }

    @Test
    void theFactsEqualPlainSqlOverTheOrders() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        settle(shop);

        var wrong = jdbi.withHandle(handle -> handle.createQuery("""
                        select h.customer_id from history h
                        left join (
                          select customer_id, count(*) as orders, sum(kept) as amount from (
                            select o.customer_id, o.order_id, sum(l.kept_amount) as kept
                            from purchase_order o join order_line l using (merchant_id, customer_id, order_id)
                            where o.merchant_id = :merchant
                              and o.status in ('PAID', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'PART_REFUNDED')
                            group by o.customer_id, o.order_id having sum(l.kept_quantity) > 0) kept
                          group by customer_id) plain using (customer_id)
                        where h.merchant_id = :merchant
                          and ((select coalesce(sum(o), 0) from unnest(h.orders) o) <> coalesce(plain.orders, 0)
                            or (select coalesce(sum(a), 0) from unnest(h.amounts) a) <> coalesce(plain.amount, 0))
                        """)
                .bind("merchant", shop.merchant)
                .mapTo(Long.class)
                .list());

        assertThat(wrong).isEmpty();
    }

    @Test
    void aSimulationOfNowEqualsTheReportsAndWritesNothing() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        settle(shop);
        var published = published(shop);

        var simulation = as(shop).body("{\"asOf\": \"%s\"}".formatted(clock.instant()))
                .post("/v1/simulations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(simulation.getInt("customers")).isEqualTo(CUSTOMERS);
        var groups = get(shop, "reports/groups");
        assertThat(simulation.getList("groups.key")).isEqualTo(groups.getList("groups.key"));
        assertThat(simulation.getList("groups.customers")).isEqualTo(groups.getList("groups.customers"));
        assertThat(simulation.getList("tiers.customers"))
                .isEqualTo(get(shop, "reports/tiers").getList("tiers.customers"));
        assertThat(simulation.getList("stages.customers"))
                .isEqualTo(get(shop, "reports/stages").getList("stages.customers"));
        assertThat(published(shop)).isEqualTo(published);
    }

    @Test
    void aShopCanBeLookedAtAsOfLongAgo() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        settle(shop);

        as(shop).body("{\"asOf\": \"2020-01-01T00:00:00Z\", \"window\": \"P20Y\"}")
                .post("/v1/simulations")
                .then()
                .statusCode(200)
                .body("customers", equalTo(0))
                .body("window", equalTo("P20Y"));
        var before = get(shop, "scores/ext:c1?asOf=2020-01-01T00:00:00Z");
        assertThat(before.getString("stage.key")).isEqualTo("prospect");
    }

    @Test
    void theListIsFilteredAndPaged() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        settle(shop);

        var first = get(shop, "scores?limit=7");
        var second = get(shop, "scores?limit=7&cursor=" + first.getString("nextCursor"));

        assertThat(first.getList("items")).hasSize(7);
        assertThat(second.getList("items")).hasSize(CUSTOMERS - 7);
        assertThat(second.getString("nextCursor")).isNull();
        var prospects = get(shop, "scores?stage=prospect");
        assertThat(prospects.getList("items.stage")).containsOnly("prospect");
        assertThat(prospects.getList("items.externalId")).contains("c12");
    }

    @Test
    void anActivatedModelScoresEverybodyAnewAndCanBeRolledBack() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        settle(shop);
        var before = scores(shop);
        var draft = as(shop, Roles.MARKETER)
                .body("""
                        {"name": "two tiers", "definition": {"tiering": {"window": "P365D", "grace": "P30D",
                          "recency": {"weight": 0, "bins": []},
                          "frequency": {"weight": 1, "bins": [{"atLeast": 1, "points": 10}]},
                          "monetary": {"weight": 0, "bins": []},
                          "ladder": [
                            {"key": "guest", "labels": {"zh": "访客", "en": "Guest"}, "from": 0},
                            {"key": "buyer", "labels": {"zh": "买家", "en": "Buyer"}, "from": 10}]}}}
                        """)
                .post("/v1/models")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");

        as(shop).post("/v1/models/" + draft + "/activate")
                .then()
                .statusCode(202)
                .body("state", equalTo("active"));

        eventually(() -> assertThat(get(shop, "scores").getList("items.tier")).containsOnly("guest", "buyer"));
        as(shop).post("/v1/models/" + draft + "/activate").then().statusCode(409);
        as(shop).body("{\"name\": \"x\", \"definition\": {}}")
                .put("/v1/models/" + draft)
                .then()
                .statusCode(409);
        as(Shop.open()).post("/v1/models/" + draft + "/rollback").then().statusCode(404);
        as(shop).post("/v1/models/" + draft + "/rollback")
                .then()
                .statusCode(202)
                .body("id", equalTo("mdl_1"))
                .body("state", equalTo("active"));
        as(shop).post("/v1/models/" + draft + "/rollback").then().statusCode(409);
        eventually(() -> assertThat(tiers(shop))
                .isEqualTo(before.entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().get(0)))));
    }

    @Test
    void merchantsNeverSeeEachOther() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        var other = Shop.open();
        settle(shop);
        eventually(() -> assertThat(get(other, "models").getList("items")).hasSize(1));
        var customer = get(shop, "scores/ext:c1").getString("customerId");

        for (var path :
                List.of("scores/" + customer, "scores/ext:c1", "forecasts/" + customer, "scores/ext:c1/history")) {
            as(other).get("/v1/" + path).then().statusCode(404);
        }
        assertThat(get(other, "scores").getList("items")).isEmpty();
        assertThat(get(other, "reports/tiers").getInt("customers")).isZero();
        as(other)
                .body("{\"asOf\": \"2026-02-01T00:00:00Z\"}")
                .post("/v1/simulations")
                .then()
                .body("customers", equalTo(0));
    }

    /// Eleven customers with up to six orders each, and one who never bought.
    private static Shop busyShop() {
        var shop = Shop.open();
        var random = new Random(shop.merchant);
        var order = 0;
        for (var customer = 1; customer <= CUSTOMERS; customer++) {
            shop.customer(customer);
            for (var i = 0; i < 1 + random.nextInt(6) && customer < CUSTOMERS; i++) {
                shop.order(++order, customer)
                        .at(NOON.minus(Duration.ofHours(random.nextInt(400 * 24))))
                        .line("A", 1 + random.nextInt(3), random.nextInt(3_000_00))
                        .backfill()
                        .arrives();
            }
        }
        shop.orders = order;
        return shop;
    }

    /// Waits until all orders are in, the shop is calibrated by all of them, and scored by that.
    private void settle(Shop shop) {
        eventually(() -> assertThat(get(shop, "scores").getList("items")).hasSize(CUSTOMERS));
        eventually(() -> assertThat(ordersCounted(shop)).isEqualTo(shop.orders));
        Calibrated.anew(jdbi, shop.merchant);
        recompute(shop, false);
    }

    private long ordersCounted(Shop shop) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select coalesce(sum(orders), 0) from shop_size where merchant_id = :merchant")
                .bind("merchant", shop.merchant)
                .mapTo(Long.class)
                .one());
    }

    private static Map<String, List<Object>> scores(Shop shop) {
        return get(shop, "scores").<Map<String, Object>>getList("items").stream()
                .collect(java.util.stream.Collectors.toMap(
                        item -> (String) item.get("externalId"),
                        item -> java.util.Arrays.asList(
                                item.get("tier"),
                                item.get("group"),
                                item.get("stage"),
                                item.get("frequency"),
                                item.get("monetary"),
                                item.get("lastOrderDay"),
                                item.get("version"),
                                item.get("nextReviewAt"))));
    }

    /// Which transaction wrote each score.
    private Map<Long, String> writtenBy(Shop shop) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select customer_id, xmin::text from score where merchant_id = :merchant")
                        .bind("merchant", shop.merchant)
                        .setMapKeyColumn("customer_id")
                        .setMapValueColumn("xmin")
                        .collectInto(new GenericType<>() {}));
    }

    private static Map<String, Object> tiers(Shop shop) {
        return get(shop, "scores").<Map<String, Object>>getList("items").stream()
                .collect(java.util.stream.Collectors.toMap(
                        item -> (String) item.get("externalId"), item -> item.get("tier")));
    }

    private static List<ScoreChanged> told(Shop shop) {
        return TestTopics.read(Topic.SCORES, Duration.ofSeconds(5)).stream()
                .filter(event -> event.merchantId() == shop.merchant)
                .map(ScoreChanged.class::cast)
                .toList();
    }

    private static List<String> published(Shop shop) {
        return told(shop).stream()
                .sorted(Comparator.comparing(Event::key).thenComparing(Event::version))
                .map(event -> event.key() + "@" + event.version())
                .toList();
    }
}
