package io.regulars.campaign.edge;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.CustomerChanged;
import io.regulars.kit.id.PublicId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
class DaysTest extends ServiceEdge {

    private static final String DAILY = """
            {"type": "schedule", "rrule": "FREQ=DAILY", "start": "2027-02-01T09:00", "zone": "Asia/Shanghai"}""";

    /// All customers of the test shop were born on 29 February.
    @Test
    void greetsWhoWasBornOnALeapDayOnceInACommonYearOnTheirOwnClock() {
        clock.shiftTo(Instant.parse("2027-02-26T00:00:00Z"));
        String campaign = activate("{\"type\": \"birthday\", \"at\": \"09:00\"}", send("inbox", "生日快乐"));
        String ahead = activate(
                "{\"type\": \"birthday\", \"at\": \"09:00\", \"daysBefore\": 1, \"leapDay\": \"03-01\"}",
                send("inbox", "明天"));
        shop.joins(1);
        livesIn(2, 1, "America/New_York");
        known(1, 2);

        clock.shiftTo(Instant.parse("2027-02-27T01:00:01Z"));
        looked(campaign, "2027-02-27T01:00:00Z");
        assertThat(messages(1)).isEmpty();
        clock.shiftTo(Instant.parse("2027-02-28T01:00:01Z"));
        eventually(() -> allAre(1, 2, "sent"));
        assertThat(messages(2)).isEmpty();
        clock.shiftTo(Instant.parse("2027-02-28T14:00:01Z"));
        eventually(() -> allAre(2, 2, "sent"));
        clock.shiftTo(Instant.parse("2027-03-01T01:00:01Z"));
        looked(campaign, "2027-03-01T01:00:00Z");
        looked(ahead, "2027-03-01T01:00:00Z");

        stays(() -> messages(1).size() == 2 && messages(2).size() == 2);
        assertThat(messages(1))
                .extracting(message -> message.get("occurrence"))
                .containsExactlyInAnyOrder("birthday:2027-02-28", "birthday:2027-03-01");
    }

    /// Who moves from one zone to another on the day neither loses it nor has it twice, where it is not too late for
    /// them by then.
    @Test
    void aMoveAcrossZonesNeitherLosesNorDoublesADay() {
        clock.shiftTo(Instant.parse("2027-05-19T22:00:00Z"));
        String campaign = activate(
                "{\"type\": \"date\", \"date\": \"2027-05-20\", \"at\": \"09:00\", \"lateLimit\": \"PT13H\"}",
                send("inbox", "520"));
        livesIn(1, 1, "Asia/Shanghai");
        livesIn(2, 1, "America/New_York");
        livesIn(3, 1, "America/New_York");
        known(1, 2, 3);
        clock.shiftTo(Instant.parse("2027-05-20T01:00:01Z"));
        eventually(() -> allAre(1, 1, "sent"));

        livesIn(1, 2, "America/New_York");
        livesIn(2, 2, "Asia/Shanghai");
        eventually(() -> zoneOf(1).equals("America/New_York") && zoneOf(2).equals("Asia/Shanghai"));
        clock.shiftTo(Instant.parse("2027-05-20T13:00:01Z"));

        eventually(() -> allAre(2, 1, "sent") && allAre(3, 1, "sent"));
        stays(() -> messages(1).size() == 1 && messages(2).size() == 1);
        get("/v1/campaigns/{k}/occurrences", campaign)
                .body("items.occurrence", is(List.of("date:2027-05-20")))
                .body("items[0].enrolled", is(3))
                .body("items[0].state", is("finished"));
    }

    /// The only day of it is over in the shop's zone, and nobody lived in another one.
    @Test
    void comesToAZoneThatNobodyWasInBefore() {
        clock.shiftTo(Instant.parse("2027-05-20T02:00:00Z"));
        String campaign = activate(
                "{\"type\": \"date\", \"date\": \"2027-05-20\", \"at\": \"09:00\", \"lateLimit\": \"PT1H\"}",
                send("inbox", "520"));
        eventually(
                () -> get("/v1/campaigns/{k}/occurrences", campaign).extract().path("nextLookAt") == null);

        livesIn(1, 1, "America/New_York");
        known(1);

        eventually(() -> String.valueOf(
                        get("/v1/campaigns/{k}/occurrences", campaign).extract().<Object>path("nextLookAt"))
                .startsWith("2027-05-20T"));
        clock.shiftTo(Instant.parse("2027-05-20T13:00:01Z"));
        eventually(() -> allAre(1, 1, "sent"));
    }

    /// Parcelvoy #627: a scheduled send goes out hours late with no one told.
    @Test
    void skipsAScheduleThatComesHoursTooLateAndSaysSo() {
        clock.shiftTo(Instant.parse("2027-02-10T00:59:00Z"));
        String campaign = activate(DAILY, send("inbox", "早上好"));
        shop.joins(1);
        known(1);
        clock.shiftTo(Instant.parse("2027-02-10T01:00:01Z"));
        eventually(() -> allAre(1, 1, "sent"));

        clock.shiftTo(Instant.parse("2027-02-11T07:00:00Z"));
        looked(campaign, "2027-02-11T07:00:00Z");
        stays(() -> messages(1).size() == 1);
        get("/v1/campaigns/{k}/occurrences", campaign)
                .body("items[0].occurrence", is("schedule:2027-02-11T09:00"))
                .body("items[0].state", is("missed"))
                .body("items[0].note", startsWith("missed in Asia/Shanghai: due at 2027-02-11T01:00:00Z"))
                .body("nextLookAt", startsWith("2027-02-11T13:00:00"));
        clock.shiftTo(Instant.parse("2027-02-12T02:00:00Z"));

        eventually(() -> allAre(1, 2, "sent"));
    }

    @Test
    void aHolidayComesDaysBeforeItAndNeverForAFinishedCampaign() {
        clock.shiftTo(Instant.parse("2027-01-29T00:00:00Z"));
        String trigger = "{\"type\": \"holiday\", \"holidays\": [\"spring-festival\"], \"daysBefore\": 7}";
        activate(trigger, send("inbox", "{event.holiday}到了，{event.day}"));
        String finished = activate(trigger, send("inbox", "x"));
        post("/v1/campaigns/{k}/finish", "{}", finished).statusCode(200);
        shop.joins(1);
        known(1);

        clock.shiftTo(Instant.parse("2027-01-30T02:00:01Z"));

        eventually(() -> allAre(1, 1, "sent"));
        get("/v1/inbox/ext:u1/messages").body("items.text", hasItem("春节到了，2027-02-06"));
        stays(() -> messages(1).size() == 1);
    }

    @Test
    void remindsOfACodeThatEndsUnlessItWasUsed() {
        clock.shiftTo(Instant.parse("2027-06-01T00:00:00Z"));
        String coupon = post("/v1/coupons", """
                        {"name": "减", "kind": "amount", "amountOff": {"amount": "10.00", "currency": "CNY"},
                         "validUntil": "2027-06-10T23:59:59+08:00"}""").statusCode(201).extract().path("id");
        activate(
                "{\"type\": \"coupon-expiring\", \"daysBefore\": 3, \"at\": \"09:00\"}",
                send("inbox", "{coupon.code} {coupon.validUntil}"));
        activate(
                "{\"type\": \"coupon-expiring\", \"daysBefore\": 3, \"at\": \"09:00\"}",
                "{\"type\": \"wait\", \"for\": \"PT2H\"}",
                send("inbox", "再次"));
        shop.joins(1);
        shop.joins(2);
        known(1, 2);
        String first = codeFor(coupon, 1);
        String second = codeFor(coupon, 2);
        post("/v1/coupon-codes/{code}/redeem", "{\"orderId\": \"T1\"}", first).statusCode(200);

        clock.shiftTo(Instant.parse("2027-06-07T01:00:01Z"));
        eventually(() -> allAre(2, 1, "sent"));
        get("/v1/inbox/ext:u2/messages").body("items[0].text", is(second + " 2027-06-10"));
        assertThat(messages(1)).isEmpty();
        post("/v1/coupon-codes/{code}/redeem", "{\"orderId\": \"T2\"}", second).statusCode(200);
        clock.shiftTo(Instant.parse("2027-06-07T03:00:02Z"));

        eventually(() -> reasons().contains("the cause is gone: the coupon code is redeemed"));
        assertThat(messages(2)).hasSize(1);
    }

    private String codeFor(String coupon, long customer) {
        return post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u" + customer + "\"}", coupon)
                .extract()
                .path("code");
    }

    private void livesIn(long id, long version, String zone) {
        CustomerChanged one = shop.customer(id, version, "张", Map.of(), false);
        TestTopics.publish(new CustomerChanged(
                one.merchantId(),
                one.customerId(),
                one.version(),
                one.externalId(),
                one.createdAt(),
                one.name(),
                one.gender(),
                one.birthday(),
                one.region(),
                one.city(),
                one.language(),
                zone,
                one.phone(),
                one.email(),
                one.identities(),
                one.tags(),
                one.attributes(),
                one.needType(),
                one.interests(),
                one.consents(),
                one.unsubscribeToken(),
                one.erased()));
    }

    private String zoneOf(long customer) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select time_zone from audience where merchant_id = :m and customer_id = :c")
                .bind("m", shop.merchant())
                .bind("c", customer)
                .mapTo(String.class)
                .one());
    }

    private List<String> reasons() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select reason from enrolment where merchant_id = :m and reason is not null")
                .bind("m", shop.merchant())
                .mapTo(String.class)
                .list());
    }

    /// The campaign's clock has passed the instant.
    private void looked(String campaign, String instant) {
        eventually(() -> jdbi.withHandle(handle -> handle.createQuery(
                                "select count(*) from trigger_clock where merchant_id = :m and campaign_id = :k and ticked_at >= :at")
                        .bind("m", shop.merchant())
                        .bind("k", PublicId.parse("cmp", campaign).orElseThrow())
                        .bind("at", Instant.parse(instant))
                        .mapTo(Integer.class)
                        .one())
                == 1);
    }
}
