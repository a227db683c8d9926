package io.regulars.campaign.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

@QuarkusTest
class CouponsTest extends ServiceEdge {

    @Test
    void redeemsACodeOnceHoweverManyAskAtOnce() throws Exception {
        String code = issue(coupon("\"stock\": 10"));

        List<Integer> statuses = inParallel(
                50,
                number -> as(Roles.INTEGRATION)
                        .body("{\"orderId\": \"T" + number + "\"}")
                        .post("/v1/coupon-codes/{code}/redeem", code)
                        .statusCode());

        assertThat(statuses)
                .containsOnly(200, 409)
                .filteredOn(status -> status == 200)
                .hasSize(1);
        String order = get("/v1/coupon-codes/{code}", code)
                .body("state", is("redeemed"))
                .extract()
                .path("orderId");
        post("/v1/coupon-codes/{code}/redeem", "{\"orderId\": \"" + order + "\"}", code)
                .statusCode(200);
        post("/v1/coupon-codes/{code}/redeem", "{\"orderId\": \"other\"}", code)
                .statusCode(409)
                .body("detail", containsString("is redeemed by order " + order));
    }

    @Test
    void issuesNoMoreThanTheStockUnderRaces() throws Exception {
        String coupon = coupon("\"stock\": 7");
        shop.joins(1);
        known(1);

        List<Integer> statuses = inParallel(
                30,
                number -> as(Roles.INTEGRATION)
                        .body("{\"customerId\": \"ext:u1\"}")
                        .post("/v1/coupons/{c}/codes", coupon)
                        .statusCode());

        assertThat(statuses)
                .containsOnly(201, 409)
                .filteredOn(status -> status == 201)
                .hasSize(7);
        get("/v1/coupons/{c}", coupon).body("issued", is(7)).body("description", is("8.8折"));
    }

    @Test
    void isUsedByAnOrderThatNamesIt() {
        String code = issue(coupon("\"perCustomer\": 1"));

        var order = shop.order(1, 900, 1, code.toLowerCase(java.util.Locale.ROOT));
        TestTopics.publish(order);
        eventually(() -> "redeemed"
                .equals(as(Roles.OWNER).get("/v1/coupon-codes/{code}", code).path("state")));
        TestTopics.publish(shop.order(1, 901, 1, code));
        eventually(() -> ordersOf(shop.merchant()) == 2);
        get("/v1/coupon-codes/{code}", code).body("orderId", is("T900"));

        TestTopics.publish(shop.order(1, 900, 2, code));

        stays(() -> "T900"
                .equals(as(Roles.OWNER).get("/v1/coupon-codes/{code}", code).path("orderId")));
        post("/v1/audiences/count", """
                {"condition": {"field": "bought", "op": "has", "value": "WIPES-80", "within": "P90D"}}""").body("customers", is(1));
    }

    @Test
    void isUsedByAnOrderOfItsOwnMerchant() {
        String code = issue(coupon("\"stock\": 10"));
        var other = new TestShop(shop.merchant() + 500_000, clock);
        other.open();

        TestTopics.publish(other.order(1, 900, 1, code));

        eventually(() -> ordersOf(other.merchant()) == 1);
        get("/v1/coupon-codes/{code}", code).body("state", is("issued"));
    }

    @Test
    void refusesACodeThatHasExpired() {
        String code = issue(coupon("\"stock\": 10"));

        clock.shift(java.time.Duration.ofDays(31));

        post("/v1/coupon-codes/{code}/redeem", "{\"orderId\": \"T1\"}", code)
                .statusCode(409)
                .body("detail", containsString("is expired since"));
    }

    @Test
    void givesACustomerNoMoreThanTheirShare() {
        String coupon = coupon("\"perCustomer\": 1");
        issue(coupon);

        post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u1\"}", coupon)
                .statusCode(409)
                .body("detail", containsString("customer has had the coupon 1 times already"));
    }

    @Test
    void endsAJourneyThatFindsNoCouponLeft() {
        String coupon = coupon("\"stock\": 0");
        activate(
                "{\"type\": \"broadcast\"}",
                "{\"type\": \"issue-coupon\", \"coupon\": \"" + coupon + "\"}",
                send("inbox", "{coupon.code}"));
        shop.joins(1);
        known(1);
        String campaign = activate(
                "{\"type\": \"broadcast\"}",
                "{\"type\": \"issue-coupon\", \"coupon\": \"" + coupon + "\"}",
                send("inbox", "{coupon.code}"));

        eventually(() -> "exited"
                .equals(as(Roles.OWNER)
                        .get("/v1/decisions?customer=ext:u1&campaign=" + campaign)
                        .path("enrolments[0].state")));
        get("/v1/decisions?customer=ext:u1&campaign=" + campaign)
                .body("enrolments[0].reason", is("coupon is out of stock"));
    }

    @Test
    void namesEverythingThatIsWrongWithACoupon() {
        post("/v1/coupons", """
                {"name": "", "kind": "percent", "amountOff": {"amount": "1.234", "currency": "EUR"}, "percent": 3, "validUntil": "2020-01-01T00:00:00Z"}""")
                .statusCode(422)
                .body(
                        "violations.field",
                        hasItems("name", "percentOff", "amountOff.currency", "percent", "validUntil"));
    }

    private int ordersOf(int merchant) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from purchase_order where merchant_id = :m")
                        .bind("m", merchant)
                        .mapTo(Integer.class)
                        .one());
    }

    private String coupon(String more) {
        return post("/v1/coupons", """
                {"name": "VIP", "kind": "percent", "percentOff": 12, "validFor": "P30D", %s}""".formatted(more))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String issue(String coupon) {
        shop.joins(1);
        known(1);
        return post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u1\"}", coupon)
                .statusCode(201)
                .body("description", is("8.8折"))
                .extract()
                .path("code");
    }

    private interface Ask {
        int answer(int number);
    }

    private static List<Integer> inParallel(int times, Ask ask) throws Exception {
        List<Callable<Integer>> asks = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            int number = i;
            asks.add(() -> ask.answer(number));
        }
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(25)) {
            for (Future<Integer> one : threads.invokeAll(asks)) {
                answers.add(one.get());
            }
        }
        return answers;
    }
}
