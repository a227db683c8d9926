package io.regulars.campaign.edge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Line;
import io.regulars.events.OrderChanged.Status;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

/// Points from orders, gifts and spending, through the ledger.
@QuarkusTest
class PointsTest extends ServiceEdge {

    /// Whatever a test did: both sides are even, and a balance is what is left of its lots.
    @AfterEach
    void theLedgerIsEven() {
        assertThat(number("select coalesce(sum(points), 0) from point_entry where merchant_id = :m"))
                .isZero();
        assertThat(number("""
                        select count(*) from point_balance b where merchant_id = :m and (
                          points <> (select coalesce(sum(points), 0) from point_entry e
                            where e.merchant_id = b.merchant_id and e.customer_id = b.customer_id and account = 'customer')
                          or greatest(points, 0) <> (select coalesce(sum(points_left), 0) from point_lot l
                            where l.merchant_id = b.merchant_id and l.customer_id = b.customer_id))
                        """)).isZero();
    }

    @Test
    void anOrderEarnsOnceAndWhatIsGivenBackIsTakenBack() {
        customer();
        rules("\"perUnit\": \"1\", \"multipliers\": {\"vip\": \"1.5\"}");
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> "vip"
                .equals(jdbi.withHandle(handle -> handle.createQuery(
                                "select tier from audience where merchant_id = :m and customer_id = 1")
                        .bind("m", shop.merchant())
                        .mapTo(String.class)
                        .one())));

        var order = order(7, 1, Status.PAID, 200_00);
        TestTopics.publish(order);
        TestTopics.publish(order);
        balanceIs(300);
        shop.isOrdinary(1);
        TestTopics.publish(order(7, 3, Status.PART_REFUNDED, 120_00));
        balanceIs(180);
        TestTopics.publish(order(7, 2, Status.SHIPPED, 200_00));
        TestTopics.publish(order(8, 1, Status.CREATED, 999_00));
        TestTopics.publish(order(9, 1, Status.PAID, 10_00));
        balanceIs(195);
        TestTopics.publish(order(7, 4, Status.REFUNDED, 0));

        balanceIs(15);
        get("/v1/points/ext:u1/entries")
                .body("items.kind", is(List.of("taken-back", "earned", "taken-back", "earned")))
                .body("items.points", is(List.of(-180, 15, -120, 300)))
                .body("items[0].reason", is("T7"));
    }

    @Test
    void anOrderKeepsTheRuleThatItBeganWith() {
        customer();
        rules("\"perUnit\": \"1\"");
        TestTopics.publish(order(7, 1, Status.PAID, 100_00));
        balanceIs(100);
        rules("\"perUnit\": \"2\"");

        TestTopics.publish(order(7, 2, Status.SHIPPED, 100_00));
        TestTopics.publish(order(8, 1, Status.PAID, 1_00));

        balanceIs(102);
    }

    @Test
    void historyAndOrdersFromBeforeTheRulesEarnNothing() {
        customer();
        var before = order(7, 1, Status.PAID, 200_00);
        clock.shift(Duration.ofMinutes(1));
        rules("\"perUnit\": \"1\"");

        TestTopics.publish(before);
        TestTopics.publish(order(8, 1, Status.PAID, 200_00, true));
        TestTopics.publish(order(9, 1, Status.PAID, 5_00));

        balanceIs(5);
    }

    @Test
    void spendsWhatExpiresFirstAndNoMoreThanThereIs() {
        customer();
        grant("late", 100, "P60D");
        grant("soon", 100, "P10D");
        post("/v1/points/ext:u1/entries", spend("a", 150)).statusCode(200).body("points", is(-150));
        post("/v1/points/ext:u1/entries", spend("a", 150)).statusCode(200);
        post("/v1/points/ext:u1/entries", spend("a", 20)).statusCode(409);
        post("/v1/points/ext:u1/entries", spend("b", 51))
                .statusCode(409)
                .body("detail", is("the customer has 50 points and not 51"));
        get("/v1/points/ext:u1").body("balance", is(50)).body("expiring.points", is(List.of(50)));

        post("/v1/points/ext:u1/entries", "{\"kind\": \"give-back\", \"reference\": \"a\"}")
                .statusCode(200)
                .body("points", is(150));
        post("/v1/points/ext:u1/entries", "{\"kind\": \"give-back\", \"reference\": \"a\"}")
                .statusCode(200);
        get("/v1/points/ext:u1").body("balance", is(200));
    }

    @Test
    void pointsGoWhenTheirTimeHasCome() {
        customer();
        grant("soon", 100, "P10D");
        grant("late", 40, "P60D");
        post("/v1/points/ext:u1/entries", spend("a", 30)).statusCode(200);

        clock.shift(Duration.ofDays(11));

        balanceIs(40);
        get("/v1/points/ext:u1/entries").body("items[0].kind", is("expired")).body("items[0].points", is(-70));
    }

    @Test
    void whoOwesGivesUpNewPointsFirst() {
        customer();
        rules("\"perUnit\": \"1\"");
        TestTopics.publish(order(7, 1, Status.PAID, 100_00));
        balanceIs(100);
        post("/v1/points/ext:u1/entries", spend("a", 80)).statusCode(200);
        TestTopics.publish(order(7, 2, Status.CANCELLED, 0));
        balanceIs(-80);

        grant("gift", 100, "P10D");

        balanceIs(20);
        get("/v1/points/ext:u1").body("expiring.points", is(List.of(20)));
    }

    @Test
    void aJourneyGivesPointsOnce() {
        customer();
        rules("\"perUnit\": \"1\", \"expireAfter\": \"P30D\"");
        String campaign = activate(
                "{\"type\": \"broadcast\"}",
                "{\"type\": \"grant-points\", \"points\": 200, \"reason\": \"唤醒\"}",
                send("inbox", "200积分"));

        balanceIs(200);
        get("/v1/points/ext:u1/entries")
                .body("items.kind", is(List.of("granted")))
                .body("items[0].reason", is("唤醒"));
        get("/v1/points/ext:u1").body("expiring.points", is(List.of(200)));
        post("/v1/campaigns/{k}/finish", "{}", campaign).statusCode(200);
    }

    @Test
    void pointsBuyACoupon() {
        customer();
        grant("gift", 100, "P10D");
        String coupon = post("/v1/coupons", """
                        {"name": "5折", "kind": "percent", "percentOff": 50, "pointsPrice": 60}""")
                .statusCode(201)
                .body("pointsPrice", is(60))
                .extract()
                .path("id");
        String priceless = post("/v1/coupons", """
                        {"name": "5折", "kind": "percent", "percentOff": 50}""").extract().path("id");

        String code = post("/v1/points/ext:u1/coupons", "{\"couponId\": \"" + coupon + "\"}")
                .statusCode(201)
                .body("points", is(60))
                .extract()
                .path("code");

        get("/v1/coupon-codes/{code}", code).body("customerId", is("cus_1"));
        balanceIs(40);
        post("/v1/points/ext:u1/coupons", "{\"couponId\": \"" + coupon + "\"}")
                .statusCode(409)
                .body("detail", is("the customer has 40 points and the coupon takes 60"));
        get("/v1/coupons/{c}", coupon).body("issued", is(1));
        post("/v1/points/ext:u1/coupons", "{\"couponId\": \"" + priceless + "\"}")
                .statusCode(409);
    }

    @Test
    void twoThatSpendAtOnceDoNotSpendTheSame() throws Exception {
        customer();
        grant("gift", 100, "P10D");
        List<Callable<Integer>> asks = IntStream.range(0, 30)
                .mapToObj(number -> (Callable<Integer>) () -> as(Roles.INTEGRATION)
                        .body(spend("s" + number, 10))
                        .post("/v1/points/ext:u1/entries")
                        .statusCode())
                .toList();

        try (var threads = Executors.newFixedThreadPool(15)) {
            var statuses = threads.invokeAll(asks).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .toList();
            assertThat(statuses)
                    .containsOnly(200, 409)
                    .filteredOn(status -> status == 200)
                    .hasSize(10);
        }
        balanceIs(0);
    }

    @Test
    void saysWhatIsWrongAndShowsNobodyElsesPoints() {
        customer();
        post("/v1/points/ext:u1/entries", "{\"kind\": \"give\", \"points\": 0, \"expiresAt\": \"soon\"}")
                .statusCode(422)
                .body("violations.field", hasItems("kind", "points", "reference", "expiresAt"));
        get("/v1/points/rules").statusCode(404);
        put("/v1/points/rules", "{\"perUnit\": 0}").statusCode(422);
        grant("gift", 100, "P10D");

        int other = shop.merchant() + 500_000;
        new TestShop(other, clock).open();
        as(other, Roles.OWNER).get("/v1/points/ext:u1").then().statusCode(404);
        as(other, Roles.OWNER).get("/v1/points/cus_1").then().statusCode(404);
        as(other, Roles.OWNER)
                .body(spend("x", 1))
                .post("/v1/points/cus_1/entries")
                .then()
                .statusCode(404);
        as(Roles.ANALYST)
                .body(spend("x", 1))
                .post("/v1/points/ext:u1/entries")
                .then()
                .statusCode(403);
    }

    private void customer() {
        shop.joins(1);
        known(1);
    }

    private void rules(String rules) {
        put("/v1/points/rules", "{" + rules + "}").statusCode(200);
    }

    private void grant(String reference, int points, String within) {
        var until = clock.instant().plus(Duration.ofDays(Integer.parseInt(within.replaceAll("\\D", ""))));
        post("/v1/points/ext:u1/entries", """
                        {"kind": "grant", "points": %d, "reference": "%s", "expiresAt": "%s"}""".formatted(points, reference, until))
                .statusCode(200)
                .body("points", is(points));
    }

    private static String spend(String reference, int points) {
        return """
                {"kind": "spend", "points": %d, "reference": "%s"}""".formatted(points, reference);
    }

    private void balanceIs(int points) {
        eventually(() -> as(Roles.OWNER).get("/v1/points/ext:u1").<Integer>path("balance") == points);
    }

    private OrderChanged order(long id, long version, Status status, long kept) {
        return order(id, version, status, kept, false);
    }

    private OrderChanged order(long id, long version, Status status, long kept, boolean backfill) {
        return new OrderChanged(
                shop.merchant(),
                id,
                version,
                "T" + id,
                1,
                status,
                clock.instant(),
                "CNY",
                "shop",
                false,
                List.of(new Line(1, "A", "thing", null, 1, Math.max(kept, 1), kept > 0 ? 1 : 0, kept)),
                List.of(),
                backfill);
    }
}
