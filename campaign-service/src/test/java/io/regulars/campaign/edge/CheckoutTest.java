package io.regulars.campaign.edge;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.EngagementRecorded;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import io.regulars.events.Topic;
import io.regulars.kit.merchant.Roles;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

/// Coupons at the checkout: checked, held, used, let go, given back.
@QuarkusTest
class CheckoutTest extends ServiceEdge {

    @Test
    void holdsACodeForOneOrderWhileItIsPaid() {
        String code = issue(coupon("\"stock\": 10"));

        post("/v1/coupon-codes/{code}/reserve", order("T1", "320.00"), code)
                .statusCode(200)
                .body("state", is("reserved"))
                .body("discount.amount", is("38.40"));
        post("/v1/coupon-codes/{code}/reserve", order("T2", "50.00"), code)
                .statusCode(409)
                .body("detail", containsString("is reserved for order T1 until"));
        post("/v1/coupon-codes/{code}/redeem", order("T2", "50.00"), code).statusCode(409);
        post("/v1/coupon-codes/{code}/check", "{\"orderId\": \"T2\"}", code)
                .statusCode(200)
                .body("usable", is(false))
                .body("objections", hasItem(containsString("is reserved for order T1")));
        post("/v1/coupon-codes/{code}/redeem", "{\"orderId\": \"T1\"}", code)
                .statusCode(200)
                .body("state", is("redeemed"))
                .body("discount.amount", is("38.40"));
    }

    @Test
    void letsACodeGoByItselfOrWhenItIsTold() {
        String code = issue(coupon("\"stock\": 10"));

        post("/v1/coupon-codes/{code}/reserve", order("T1", "320.00"), code).statusCode(200);
        post("/v1/coupon-codes/{code}/release", "{\"orderId\": \"T2\"}", code)
                .statusCode(200)
                .body("state", is("reserved"));
        post("/v1/coupon-codes/{code}/release", "{\"orderId\": \"T1\"}", code)
                .statusCode(200)
                .body("state", is("issued"))
                .body("orderId", nullValue());
        post("/v1/coupon-codes/{code}/reserve", order("T2", "320.00"), code).statusCode(200);
        clock.shift(Duration.ofMinutes(16));

        get("/v1/coupon-codes/{code}", code).body("state", is("issued")).body("usable", is(true));
        post("/v1/coupon-codes/{code}/redeem", order("T3", "320.00"), code)
                .statusCode(200)
                .body("orderId", is("T3"));
    }

    @Test
    void takesWhatWasReservedInTime() {
        String code = issue(coupon("\"stock\": 10"));
        clock.shift(Duration.ofDays(30).minusMinutes(5));
        post("/v1/coupon-codes/{code}/reserve", order("T1", "320.00"), code).statusCode(200);

        clock.shift(Duration.ofMinutes(10));

        post("/v1/coupon-codes/{code}/redeem", order("T2", "320.00"), code).statusCode(409);
        post("/v1/coupon-codes/{code}/redeem", order("T1", "320.00"), code).statusCode(200);
    }

    @Test
    void mindsTheCart() {
        String code = issue(coupon("\"minimumSpend\": {\"amount\": \"200\"}, \"marginFloorPercent\": 20"));

        post("/v1/coupon-codes/{code}/check", """
                {"cart": {"amount": {"amount": "100.00"}, "cost": {"amount": "10.00"}}}""", code)
                .body("usable", is(false))
                .body("objections", hasItem("the cart is below the minimum spend of 200.00 CNY"));
        post("/v1/coupon-codes/{code}/redeem", """
                {"orderId": "T1", "cart": {"amount": {"amount": "300.00"}, "cost": {"amount": "250.00"}}}""", code)
                .statusCode(409)
                .body("detail", is("it would leave less than 20 % over the cost"));
        post("/v1/coupon-codes/{code}/redeem", "{\"orderId\": \"T1\"}", code)
                .statusCode(409)
                .body("detail", containsString("tell the cart with its cost"));
        post("/v1/coupon-codes/{code}/reserve", """
                {"orderId": "T1", "cart": {"amount": {"amount": "300.00"}, "cost": {"amount": "200.00"}}}""", code).statusCode(200);
        post("/v1/coupon-codes/{code}/redeem", "{\"orderId\": \"T1\"}", code)
                .statusCode(200)
                .body("discount.amount", is("36.00"));
    }

    @Test
    void combinesNoTwoCodesOfWhichOneStandsAloneHoweverFast() throws Exception {
        String alone = issue(coupon("\"combinable\": false"));
        String other = issue(coupon("\"stock\": 10"));
        post("/v1/coupon-codes/{code}/check", "{\"with\": [\"" + alone + "\"]}", other)
                .body("usable", is(false))
                .body("objections", hasItem("it cannot be combined with " + alone));

        for (int i = 0; i < 5; i++) {
            String order = "T" + i;
            List<Integer> statuses = inParallel(
                    2,
                    number -> as(Roles.INTEGRATION)
                            .body(order(order, "320.00"))
                            .post("/v1/coupon-codes/{code}/reserve", number == 0 ? alone : other)
                            .statusCode());
            assertThat(statuses).containsExactlyInAnyOrder(200, 409);
            List.of(alone, other)
                    .forEach(code -> post("/v1/coupon-codes/{code}/release", "{\"orderId\": \"" + order + "\"}", code)
                            .statusCode(200));
        }
    }

    /// One code that everybody types, ten thousand who do, a hundred pieces.
    @Test
    void givesAHundredPiecesToAHundredOfTenThousand() throws Exception {
        String coupon =
                coupon("\"stock\": 100, \"codes\": \"shared\", \"sharedCode\": \"DOUBLE-11\", \"perCustomer\": 100");
        shop.joins(1);
        known(1);
        String token = io.regulars.embedded.TestTokens.bearer(shop.merchant(), Roles.INTEGRATION);
        URI uri = URI.create("%s:%d/%s/v1/coupon-codes/double%%2011/redeem"
                .formatted(RestAssured.baseURI, RestAssured.port, RestAssured.basePath.replaceFirst("^/", "")));
        int many = 10_000;

        try (var client = HttpClient.newHttpClient();
                var threads = Executors.newFixedThreadPool(64)) {
            List<Future<Integer>> answers = IntStream.range(0, many)
                    .mapToObj(number -> threads.submit(() -> client.send(
                                    HttpRequest.newBuilder(uri)
                                            .header("Authorization", "Bearer " + token)
                                            .header("Content-Type", "application/json")
                                            .POST(HttpRequest.BodyPublishers.ofString(
                                                    "{\"orderId\": \"S" + number + "\", \"customerId\": \"ext:u1\"}"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode()))
                    .toList();
            int succeeded = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 409);
                succeeded += answer.get() == 200 ? 1 : 0;
            }
            assertThat(succeeded).isEqualTo(100);
        }
        get("/v1/coupons/{c}", coupon).body("issued", is(100)).body("sharedCode", is("DOUBLE-11"));
        post("/v1/coupon-codes/{code}/check", "{}", "Double-11")
                .body("state", is("exhausted"))
                .body("usable", is(false));
        get("/v1/reports/coupons").body("coupons[0].redeemed", is(100)).body("coupons[0].outstanding", is(0));
    }

    @Test
    void countsASharedCodeOnceForAnOrderAndGivesBackWhatIsLetGo() {
        String coupon = coupon("\"stock\": 2, \"codes\": \"shared\", \"sharedCode\": \"SPRING\", \"perCustomer\": 2");
        shop.joins(1);
        known(1);
        post("/v1/coupon-codes/spring/redeem", "{\"orderId\": \"T1\"}")
                .statusCode(422)
                .body("violations[0].field", is("customerId"));

        post("/v1/coupon-codes/spring/reserve", order("T1", "100.00")).statusCode(200);
        post("/v1/coupon-codes/spring/reserve", order("T1", "100.00")).statusCode(200);
        post("/v1/coupon-codes/spring/reserve", order("T2", "100.00")).statusCode(200);
        post("/v1/coupon-codes/spring/reserve", order("T3", "100.00"))
                .statusCode(409)
                .body("detail", is("coupon is out of stock"));
        post("/v1/coupon-codes/spring/release", "{\"orderId\": \"T2\"}")
                .statusCode(200)
                .body("state", is("issued"));
        post("/v1/coupon-codes/spring/reserve", order("T3", "100.00")).statusCode(200);
        clock.shift(Duration.ofMinutes(16));
        post("/v1/coupon-codes/spring/redeem", order("T4", "100.00"))
                .statusCode(200)
                .body("code", is("SPRING"))
                .body("orderId", is("T4"));
        TestTopics.publish(shop.order(1, 77, 1, "Spring"));
        TestTopics.publish(shop.order(1, 77, 2, "Spring"));

        eventually(() -> as(Roles.OWNER).get("/v1/reports/coupons").<Integer>path("coupons[0].redeemed") == 2);
        get("/v1/coupons/{c}", coupon).body("issued", is(2));
    }

    @Test
    void aHeldUseOfASharedCodeIsItsOrdersAndALapsedOneIsFree() {
        String coupon = coupon("\"stock\": 2, \"codes\": \"shared\", \"sharedCode\": \"SUMMER\", \"perCustomer\": 2");
        shop.joins(1);
        known(1);
        post("/v1/coupon-codes/summer/reserve", order("T900", "100.00")).statusCode(200);
        post("/v1/coupon-codes/summer/reserve", order("X1", "100.00")).statusCode(200);
        TestTopics.publish(shop.order(1, 900, 1, "summer", "Summer"));
        eventually(() -> as(Roles.OWNER).get("/v1/reports/coupons").<Integer>path("coupons[0].redeemed") == 1);
        post("/v1/coupon-codes/summer/check", "{}").body("state", is("exhausted"));

        clock.shift(Duration.ofMinutes(16));

        post("/v1/coupon-codes/summer/check", "{}").body("usable", is(true));
        TestTopics.publish(shop.order(1, 901, 1, "summer"));
        eventually(() -> as(Roles.OWNER).get("/v1/reports/coupons").<Integer>path("coupons[0].redeemed") == 2);
        post("/v1/coupon-codes/summer/release", "{\"orderId\": \"X1\"}").statusCode(200);
        get("/v1/coupons/{c}", coupon).body("issued", is(2));
    }

    @Test
    void aHoldThatLapsedIsLetGoOrVoided() {
        String coupon = coupon("\"stock\": 1, \"codes\": \"shared\", \"sharedCode\": \"AUTUMN\"");
        shop.joins(1);
        known(1);
        post("/v1/coupon-codes/autumn/reserve", order("X1", "100.00")).statusCode(200);
        String code = issue(coupon("\"stock\": 10"));
        post("/v1/coupon-codes/{code}/reserve", order("X1", "100.00"), code).statusCode(200);
        clock.shift(Duration.ofMinutes(16));

        post("/v1/coupon-codes/autumn/release", "{\"orderId\": \"X1\"}")
                .statusCode(200)
                .body("state", is("issued"));
        get("/v1/coupons/{c}", coupon).body("issued", is(0));
        post("/v1/coupon-codes/{code}/void", "{}", code).statusCode(200).body("state", is("voided"));
        post("/v1/coupons", """
                {"name": "again", "kind": "percent", "percentOff": 5, "codes": "shared", "sharedCode": "%s"}""".formatted(code)).statusCode(409);
    }

    @Test
    void anOrderThatIsGivenBackVoidsItsCodeOrReturnsIt() {
        String voided = issue(coupon("\"stock\": 10"));
        String returned = issue(coupon("\"onRefund\": \"return\""));
        TestTopics.publish(shop.order(1, 901, 1, voided, returned));
        eventually(() ->
                List.of(voided, returned).stream().allMatch(code -> state(code).equals("redeemed")));

        TestTopics.publish(in(Status.CANCELLED, shop.order(1, 901, 2, voided, returned)));

        eventually(() -> state(voided).equals("voided") && state(returned).equals("issued"));
        post("/v1/coupon-codes/{code}/redeem", order("T9", "20.00"), returned).statusCode(200);
        post("/v1/coupon-codes/{code}/redeem", order("T9", "20.00"), voided).statusCode(409);
    }

    @Test
    void issuesTheMerchantsOwnCodes() {
        String coupon = coupon("\"codes\": \"pool\"");
        shop.joins(1);
        known(1);
        bring(coupon, "Olive-01\r\nolive-02\n\nOLIVE02\n").statusCode(200).body("added", is(2));
        bring(coupon, "olive-02\nolive-03\n").body("added", is(1)).body("known", is(1));
        bring(coupon, "olive-04\n优惠\nx\n").statusCode(422).body("violations.field", is(List.of("line 2", "line 3")));

        String code = post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u1\"}", coupon)
                .statusCode(201)
                .extract()
                .path("code");

        assertThat(code).isEqualTo("Olive-01");
        get("/v1/coupon-codes/{code}", "0live 01").body("code", is("Olive-01")).body("customerId", is("cus_1"));
        get("/v1/reports/coupons").body("coupons[0].inPool", is(2));
        post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u1\"}", coupon).statusCode(201);
        post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u1\"}", coupon).statusCode(201);
        post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u1\"}", coupon)
                .statusCode(409)
                .body("detail", is("the coupon's pool of codes is empty"));
        bring(coupon("\"stock\": 1"), "olive-05").statusCode(409);
    }

    @Test
    void stopsWhoGuesses() {
        String code = issue(coupon("\"stock\": 10"));
        for (int i = 0; i < 10; i++) {
            post("/v1/coupon-codes/GUESS{i}/check", "{\"customerId\": \"ext:guesser\"}", i)
                    .statusCode(404);
        }

        int wait = Integer.parseInt(post("/v1/coupon-codes/{code}/check", "{\"customerId\": \"ext:guesser\"}", code)
                .statusCode(429)
                .extract()
                .header("Retry-After"));
        post("/v1/coupon-codes/{code}/check", "{\"customerId\": \"ext:u1\"}", code)
                .statusCode(200);
        clock.shift(Duration.ofSeconds(wait));
        post("/v1/coupon-codes/{code}/check", "{\"customerId\": \"ext:guesser\"}", code)
                .statusCode(200);
    }

    @Test
    void stopsTheClientWhoNamesAnotherCustomerWithEachGuess() {
        String code = issue(coupon("\"stock\": 10"));
        post("/v1/coupon-codes/GUESS1/check", "{\"customerId\": \"ext:first\"}").statusCode(404);
        as(Roles.OWNER)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body("{\"customerId\": \"ext:second\"}")
                .post("/v1/coupon-codes/GUESS2/check")
                .then()
                .statusCode(404);
        eventually(() ->
                number("select sum(misses) from coupon_guess where merchant_id = :m and who like 'client:%'") == 2);
        assertThat(number("select max(misses) from coupon_guess where merchant_id = :m and who like 'customer:%'"))
                .isEqualTo(1);
        jdbi.useHandle(handle -> handle.execute(
                "update coupon_guess set misses = 299 / (select count(*) from coupon_guess where merchant_id = ? and who like 'client:%')"
                        + " where merchant_id = ? and who like 'client:%'",
                shop.merchant(), shop.merchant()));
        post("/v1/coupon-codes/GUESS3/check", "{\"customerId\": \"ext:third\"}").statusCode(404);
        // where the minute changed in between, 299 is no even number
        post("/v1/coupon-codes/GUESS3/check", "{\"customerId\": \"ext:again\"}");

        post("/v1/coupon-codes/{code}/check", "{\"customerId\": \"ext:fourth\"}", code)
                .statusCode(429);
        clock.shift(Duration.ofMinutes(12));
        post("/v1/coupon-codes/GUESS4/check", "{\"customerId\": \"ext:fourth\"}")
                .statusCode(404);
        assertThat(number("select count(*) from coupon_guess where merchant_id = :m"))
                .isEqualTo(2);
    }

    @Test
    void tellsOfEachUseOfACodeThatCameBack() {
        String code = issue(coupon("\"onRefund\": \"return\""));
        TestTopics.publish(shop.order(1, 911, 1, code));
        eventually(() -> state(code).equals("redeemed"));
        TestTopics.publish(in(Status.CANCELLED, shop.order(1, 911, 2, code)));
        eventually(() -> state(code).equals("issued"));

        post("/v1/coupon-codes/{code}/redeem", order("T912", "20.00"), code).statusCode(200);
        post("/v1/coupon-codes/{code}/redeem", order("T912", "20.00"), code).statusCode(200);

        int id = number("select id from coupon_code where merchant_id = :m");
        eventually(() -> engagements().containsAll(List.of("k" + id + ":redeemed", "k" + id + ":redeemed:2")));
        assertThat(engagements()).hasSize(2);
    }

    private List<String> engagements() {
        return TestTopics.read(Topic.ENGAGEMENTS, Duration.ofSeconds(2)).stream()
                .map(EngagementRecorded.class::cast)
                .filter(event -> event.merchantId() == shop.merchant())
                .map(EngagementRecorded::engagementId)
                .toList();
    }

    @Test
    void owesWhatIsOut() {
        shop.joins(1);
        known(1);
        String coupon = post("/v1/coupons", """
                        {"name": "=minus", "kind": "amount", "amountOff": {"amount": "15.50"}, "validFor": "P5D"}""").statusCode(201).extract().path("id");
        List<String> codes = IntStream.range(0, 3)
                .mapToObj(any -> post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u1\"}", coupon)
                        .extract()
                        .<String>path("code"))
                .toList();
        post("/v1/coupon-codes/{code}/redeem", order("T1", "10.00"), codes.get(0))
                .statusCode(200);
        post("/v1/coupon-codes/{code}/reserve", order("T2", "10.00"), codes.get(1))
                .statusCode(200);

        get("/v1/reports/coupons")
                .body("owed.amount", is("31.00"))
                .body("coupons[0].outstanding", is(2))
                .body("coupons[0].endingSoon", is(2))
                .body("coupons[0].redeemed", is(1))
                .body("coupons[0].discounts.amount", is("10.00"))
                .body("coupons[0].estimated", is(false));
        assertThat(as(Roles.ANALYST)
                        .accept("text/csv")
                        .get("/v1/reports/coupons")
                        .asString())
                .contains("'=minus,amount,3,0,2,2,0,1,0,10.00,31.00,false,CNY");
        clock.shift(Duration.ofDays(6));
        get("/v1/reports/coupons").body("owed.amount", is("0.00")).body("coupons[0].expired", is(2));
    }

    @Test
    void isTheMerchantsOwn() {
        String coupon = coupon("\"codes\": \"shared\", \"sharedCode\": \"OURS\"");
        var other = new TestShop(shop.merchant() + 500_000, clock);
        other.open();

        as(other.merchant(), Roles.OWNER)
                .body("{}")
                .post("/v1/coupon-codes/ours/check")
                .then()
                .statusCode(404);
        as(other.merchant(), Roles.OWNER)
                .contentType("text/plain")
                .body("CODE1")
                .post("/v1/coupons/{c}/pool", coupon)
                .then()
                .statusCode(404);
        as(other.merchant(), Roles.OWNER).get("/v1/reports/coupons").then().body("coupons.size()", is(0));
        post("/v1/coupons", """
                {"name": "again", "kind": "percent", "percentOff": 5, "codes": "shared", "sharedCode": "O U R S"}""").statusCode(409);
    }

    private io.restassured.response.ValidatableResponse bring(String coupon, String codes) {
        return as(Roles.OWNER)
                .contentType("text/plain; charset=utf-8")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(codes)
                .post("/v1/coupons/{c}/pool", coupon)
                .then();
    }

    private String state(String code) {
        return as(Roles.OWNER).get("/v1/coupon-codes/{code}", code).path("state");
    }

    private static OrderChanged in(Status status, OrderChanged order) {
        return new OrderChanged(
                order.merchantId(),
                order.orderId(),
                order.version(),
                order.externalId(),
                order.customerId(),
                status,
                order.orderedAt(),
                order.currency(),
                order.channel(),
                order.bigPromotion(),
                order.lines(),
                order.couponCodes(),
                order.backfill());
    }

    private static String order(String id, String amount) {
        return """
                {"orderId": "%s", "customerId": "ext:u1", "cart": {"amount": {"amount": "%s"}}}""".formatted(id, amount);
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
                .extract()
                .path("code");
    }

    private interface Ask {
        int answer(int number);
    }

    private static List<Integer> inParallel(int times, Ask ask) throws Exception {
        List<Callable<Integer>> asks = IntStream.range(0, times)
                .mapToObj(number -> (Callable<Integer>) () -> ask.answer(number))
                .toList();
        try (var threads = Executors.newFixedThreadPool(times)) {
            return threads.invokeAll(asks).stream()
                    .map(one -> {
                        try {
                            return one.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }
}
