package io.regulars.campaign.edge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import io.regulars.kit.merchant.Roles;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
class MeasurementTest extends ServiceEdge {

    private static final int CUSTOMERS = 30;
    private static final String PRICES = """
            {"costs": {"sms": {"amount": "0.045", "currency": "CNY"}}, "marginPercent": 35}""";

    @Test
    void comparesWhatWasBoughtWithTheHoldoutAndTakesBackWhatIsRefunded() {
        put("/v1/measurement-settings", PRICES).statusCode(200);
        fill();
        String campaign = activateAs("""
                {"name": "大促", "trigger": {"type": "broadcast"}, "holdoutPercent": 50, "steps": [%s]}""".formatted(send("sms", "大促")));
        eventually(() -> number("select count(*) from enrolment where merchant_id = :m and state = 'finished'")
                        + number("select count(*) from enrolment where merchant_id = :m and state = 'held-out'")
                == CUSTOMERS);
        List<Long> sent = customers("finished");
        List<Long> heldOut = customers("held-out");
        eventually(() ->
                number("select count(*) from message where merchant_id = :m and sent_at is not null") == sent.size());
        Instant soon = clock.instant().plus(Duration.ofHours(3));
        buys(sent.get(0), 1, 3_980, soon);
        buys(sent.get(1), 2, 3_980, soon);
        buys(sent.get(1), 3, 3_980, soon.plus(Duration.ofDays(2)));
        buys(heldOut.getFirst(), 4, 3_980, soon);
        TestTopics.publish(order(shop, sent.get(2), 5, 1, Status.CREATED, 3_980, soon));
        eventually(() -> orders() == 5);

        // the cost of so many messages at 4.5 fen, half a fen up
        String cost = BigDecimal.valueOf((sent.size() * 9 + 1) / 2, 2).toPlainString();
        double offRatio = Math.pow(sent.size() - CUSTOMERS / 2.0, 2) / (CUSTOMERS / 4.0);
        report(campaign, "")
                .body("window", is("PT168H"))
                .body("funnel.enrolled", is(CUSTOMERS))
                .body("funnel.eligible", is(CUSTOMERS))
                .body("funnel.heldOut", is(heldOut.size()))
                .body("funnel.sent", is(sent.size()))
                .body("funnel.bought", is(2))
                .body("attributed.orders", is(3.0f))
                .body("attributed.economics.sales.amount", is("119.40"))
                .body("attributed.economics.margin.amount", is("41.79"))
                .body("attributed.economics.channels.amount", is(cost))
                .body("lift.analysis.control", is("holdout"))
                .body("lift.analysis.arms.customers", is(List.of(sent.size(), heldOut.size())))
                .body("lift.analysis.arms.converted", is(List.of(2, 1)))
                .body("lift.analysis.arms.sales.amount", is(List.of("119.40", "39.80")))
                .body(
                        "lift.analysis.comparisons[0].conversion.difference.toDouble()",
                        closeTo(2.0 / sent.size() - 1.0 / heldOut.size(), 1e-6))
                .body("lift.analysis.sampleRatio.intended.holdout", is(0.5f))
                .body("lift.analysis.sampleRatio.mismatch", is(offRatio > 10.8276))
                .body("lift.windowsOpen", is(CUSTOMERS))
                .body("channels.find { it.channel == 'sms' }.sent", is(sent.size()))
                .body("channels.find { it.channel == 'sms' }.sales.amount", is("119.40"));
        report(campaign, "?window=P1D")
                .body("attributed.economics.sales.amount", is("79.60"))
                .body("lift.analysis.arms.converted", is(List.of(2, 1)));
        report(campaign, "?window=PT1H")
                .body("attributed.economics.sales.amount", is("0.00"))
                .body("lift.analysis.arms.converted", is(List.of(0, 0)));

        clock.shift(Duration.ofDays(10));
        TestTopics.publish(order(shop, sent.get(0), 1, 2, Status.REFUNDED, 0, soon));

        eventually(() -> "79.60".equals(report(campaign, "").extract().path("attributed.economics.sales.amount")));
        report(campaign, "")
                .body("lift.analysis.arms.converted", is(List.of(1, 1)))
                .body("lift.windowsOpen", is(0));
    }

    @Test
    void sharesAnOrderAmongTheCampaignsThatTouchedItsCustomer() {
        shop.joins(1);
        known(1);
        String first = activate("{\"type\": \"broadcast\"}", send("inbox", "a"));
        eventually(() -> messages(1).size() == 1);
        String second = activate("{\"type\": \"broadcast\"}", send("inbox", "b"));
        eventually(() -> sentMessages() == 2);
        Instant ordered = clock.instant().plus(Duration.ofDays(9));
        sentAt(first, ordered.minus(Duration.ofDays(8)));
        sentAt(second, ordered.minus(Duration.ofDays(1)));
        buys(1, 1, 10_001, ordered);
        eventually(() -> orders() == 1);

        assertThat(sales(first, "last-touch")).isEqualTo("0.00");
        assertThat(sales(second, "last-touch")).isEqualTo("100.01");
        assertThat(sales(first, "first-touch")).isEqualTo("100.01");
        assertThat(sales(second, "first-touch")).isEqualTo("0.00");
        assertThat(sales(first, "linear")).isEqualTo("50.01");
        assertThat(sales(second, "linear")).isEqualTo("50.00");
        assertThat(sales(second, "position")).isEqualTo("50.00");
        // seven days apart: a third and two thirds
        assertThat(sales(first, "time-decay")).isEqualTo("33.34");
        assertThat(sales(second, "time-decay")).isEqualTo("66.67");
        report(first, "?model=last-touch&window=P7D").body("attributed.economics.sales.amount", is("0.00"));

        String query = strategies() + "&window=P10D&model=linear";
        get(query)
                .statusCode(200)
                .body("items.campaignId", containsInAnyOrder(first, second))
                .body("items.orders", is(List.of(0.5f, 0.5f)))
                .body("items.economics.sales.amount", is(List.of("50.01", "50.00")));
        assertThat(as(Roles.ANALYST).accept("text/csv").get(query).asString())
                .startsWith("campaignId,name,playbook,tier,enrolled,heldOut,sent,orders,sales,")
                .contains(first + ",test,,,1,0,1,0.500000,50.01,,0.00,0.00,,CNY,");
    }

    /// Budgets reckon by the same, see `LimitsTest#aBudgetOfMoneyBeginsAnewWithItsPeriod`.
    @Test
    void reckonsByTheOnePriceList() {
        put("/v1/guardrails", "{\"costs\": {\"inbox\": \"0.09\"}}")
                .statusCode(422)
                .body("violations.field", is(List.of("costs")))
                .body("violations[0].message", containsString("/v1/measurement-settings"));
        shop.joins(1);
        known(1);
        String campaign = activate("{\"type\": \"broadcast\"}", send("inbox", "您好"));
        eventually(() -> sentMessages() == 1);

        report(campaign, "").body("attributed.economics.channels.amount", is("0.00"));
        put("/v1/measurement-settings", "{\"costs\": {\"inbox\": {\"amount\": \"0.20\", \"currency\": \"CNY\"}}}")
                .statusCode(200);
        report(campaign, "").body("attributed.economics.channels.amount", is("0.20"));
    }

    @Test
    void checksNoRatioOfThoseWhoWereSubjectToNoHoldout() {
        put("/v1/guardrails", "{\"holdoutPercent\": 50}").statusCode(200);
        fill();
        String campaign = activateAs("""
                {"name": "通知", "class": "transactional", "trigger": {"type": "broadcast"}, "steps": [%s]}""".formatted(send("sms", "x")));

        eventually(() ->
                number("select count(*) from enrolment where merchant_id = :m and state = 'finished'") == CUSTOMERS);
        report(campaign, "")
                .body("lift.analysis.arms.customers", is(List.of(CUSTOMERS, 0)))
                .body("lift.analysis.sampleRatio.mismatch", nullValue())
                .body("lift.analysis.sampleRatio.notTold", is("nobody was subject to a holdout"));
    }

    /// Of revision 1 two arms alike and a holdout of 50 %, of revision 2 nine to one and 10 %.
    @Test
    void comparesEachCustomerWithTheRevisionThatEnrolledThem() {
        String definition = """
                {"name": "A/B", "trigger": {"type": "tier-changed"}, "holdoutPercent": %d, "steps": [
                  {"type": "split", "name": "opening", "arms": [{"name": "plain", "weight": %d, "steps": [%s]},
                    {"name": "named", "weight": 1, "steps": [%s]}]}]}""";
        String campaign = activateAs(definition.formatted(50, 1, send("sms", "a"), send("sms", "b")));
        as(Roles.OWNER)
                .body(definition.formatted(10, 9, send("sms", "a"), send("sms", "b")))
                .put("/v1/campaigns/{k}", campaign)
                .then()
                .statusCode(200);
        drawn(campaign, 1, 1, 40, 2);
        drawn(campaign, 2, 41, 140, 10);
        // held out before rows told by what, and by a share that the shop has no more
        jdbi.useHandle(
                handle -> handle.createUpdate("""
                        update enrolment set holdout_percent = 50 where merchant_id = :m and customer_id <= 20""").bind("m", shop.merchant()).execute());

        report(campaign, "")
                .body("splits[0].analysis.sampleRatio.intended.plain.toDouble()", closeTo(110 / 140.0, 1e-6))
                .body("splits[0].analysis.sampleRatio.chiSquare.toDouble()", closeTo(0, 1e-9))
                .body("splits[0].analysis.sampleRatio.mismatch", is(false))
                .body("lift.analysis.arms.customers", is(List.of(110, 30)))
                .body("lift.analysis.sampleRatio.intended.holdout.toDouble()", closeTo(30 / 140.0, 1e-6))
                .body("lift.analysis.sampleRatio.chiSquare.toDouble()", closeTo(0, 1e-9))
                .body("lift.analysis.sampleRatio.mismatch", is(false));
    }

    @Test
    void tellsNoDaysOfAPeriodThatIsOver() {
        String campaign = activate("{\"type\": \"tier-changed\"}", send("sms", "a"));
        drawn(campaign, 1, 1, 40, 2);
        Instant soon = clock.instant().plus(Duration.ofHours(1));
        buys(1, 1, 3_980, soon);
        buys(2, 2, 3_980, soon);
        buys(3, 3, 3_980, soon);
        eventually(() -> orders() == 3);

        String needed = "lift.analysis.comparisons[0].conversion.needed.";
        report(campaign, "?effect=0.5").body(needed + "days", greaterThan(0)).body(needed + "notTold", nullValue());
        clock.shift(Duration.ofDays(3));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(8));
        report(campaign, "?effect=0.5&to=" + today)
                .body(needed + "days", nullValue())
                .body(needed + "notTold", is("the period is over and nobody more comes into it"));
        post("/v1/campaigns/{k}/pause", "{}", campaign).statusCode(200);
        report(campaign, "?effect=0.5").body(needed + "notTold", startsWith("the campaign is paused"));
    }

    @Test
    void tellsStrategiesApartByPlaybookAndByTier() {
        shop.joins(1);
        known(1);
        activate("{\"type\": \"broadcast\"}", send("inbox", "a"));
        activate("{\"type\": \"broadcast\"}", send("inbox", "b"));
        eventually(() -> sentMessages() == 2);
        jdbi.useHandle(handle -> handle.execute(
                "update campaign set playbook = 'p' || id where merchant_id = ? and id = (select min(id) from campaign where merchant_id = ?)",
                shop.merchant(),
                shop.merchant()));
        buys(1, 1, 10_000, clock.instant().plus(Duration.ofHours(1)));
        eventually(() -> orders() == 1);

        get(strategies() + "&by=playbook&model=linear")
                .body("items", hasSize(2))
                .body("items.campaignId", is(Arrays.asList(null, null)))
                .body("items.sent", is(List.of(1, 1)))
                .body("items.economics.sales.amount", is(List.of("50.00", "50.00")));
        get(strategies() + "&by=tier&model=linear")
                .body("items.sent", is(List.of(2)))
                .body("items.economics.sales.amount", is(List.of("100.00")));
        get(strategies() + "&by=region").statusCode(422).body("violations.field", is(List.of("by")));
    }

    @Test
    void countsWhatCouponsCost() {
        put("/v1/measurement-settings", PRICES).statusCode(200);
        String coupon = post(
                        "/v1/coupons",
                        "{\"name\": \"VIP\", \"kind\": \"percent\", \"percentOff\": 12, \"validFor\": \"P30D\"}")
                .extract()
                .path("id");
        shop.joins(1);
        known(1);
        String campaign = activate(
                "{\"type\": \"broadcast\"}",
                "{\"type\": \"issue-coupon\", \"coupon\": \"" + coupon + "\"}",
                send("inbox", "{coupon.code}"));
        eventually(() -> sentMessages() == 1);
        String code =
                jdbi.withHandle(handle -> handle.createQuery("select code from coupon_code where merchant_id = :m")
                        .bind("m", shop.merchant())
                        .mapTo(String.class)
                        .one());

        TestTopics.publish(order(shop, 1, 1, 1, Status.PAID, 8_800, clock.instant(), code));

        eventually(() -> "12.00".equals(report(campaign, "").extract().path("attributed.economics.coupons.amount")));
        report(campaign, "")
                .body("attributed.economics.sales.amount", is("88.00"))
                .body("attributed.economics.margin.amount", is("35.00"))
                .body("attributed.economics.profit.amount", is("23.00"))
                .body("attributed.economics.roi", is(1.9167f));

        TestTopics.publish(order(shop, 1, 1, 2, Status.REFUNDED, 0, clock.instant(), code));

        eventually(() -> "0.00".equals(report(campaign, "").extract().path("attributed.economics.coupons.amount")));
    }

    @Test
    void comparesTheArmsOfASplit() {
        fill();
        String campaign = activateAs("""
                {"name": "A/B", "trigger": {"type": "broadcast"}, "steps": [{"type": "split", "name": "opening", "arms": [
                  {"name": "plain", "weight": 1, "steps": [%s]},
                  {"name": "named", "weight": 1, "steps": [%s]}]}]}""".formatted(send("sms", "a"), send("sms", "b")));
        eventually(() -> number("select count(*) from enrolment_arm where merchant_id = :m") == CUSTOMERS);
        int buyer = number("""
                select customer_id from enrolment_arm where merchant_id = :m and arm = 'named' order by 1 limit 1""");

        buys(buyer, 1, 3_980, clock.instant().plus(Duration.ofHours(1)));

        eventually(() -> orders() == 1);
        report(campaign, "")
                .body("splits.name", is(List.of("opening")))
                .body("splits[0].analysis.control", is("plain"))
                .body("splits[0].analysis.arms.arm", is(List.of("plain", "named")))
                .body("splits[0].analysis.arms.converted", is(List.of(0, 1)))
                .body("splits[0].analysis.arms[1].sales.amount", is("39.80"))
                .body("splits[0].analysis.sampleRatio.intended.plain", is(0.5f));
    }

    @Test
    void showsFromWhichTierToWhichCustomersMoved() {
        String campaign =
                activate("{\"type\": \"tier-changed\", \"direction\": \"up\", \"to\": [\"vip\"]}", send("inbox", "x"));
        shop.joins(1);
        shop.isOrdinary(1);
        known(1);
        eventually(() -> number("select count(*) from audience where merchant_id = :m and tier = 'ordinary'") == 1);
        shop.becomesVip(1);
        eventually(() -> sentMessages() == 1);

        TestTopics.publish(shop.score(
                1, 3, shop.tier("super-vip", 4, "vip", 3, 3), shop.stage("growing", null, 1), List.of(), true));

        eventually(() -> "super-vip".equals(report(campaign, "").extract().path("tierShifts[0].now")));
        report(campaign, "")
                .body("tiers.tier", is(List.of("vip")))
                .body("tierShifts.before", is(List.of("vip")))
                .body("tierShifts[0].treated", is(1))
                .body("groupShifts.before", is(List.of("111")))
                .body("lift.analysis.arms[1].rate", nullValue())
                .body("lift.analysis.comparisons[0].conversion.notTold", hasSize(1))
                .body("lift.analysis.sampleRatio.notTold", is("nobody was subject to a holdout"));
    }

    @Test
    void learnsTheRestOfAnOrderFromBeforeWhenItsTopicIsReadAgain() {
        jdbi.useHandle(handle -> handle.execute(
                "insert into purchase_order (merchant_id, customer_id, order_id, version) values (?, 1, 1, 1)",
                shop.merchant()));

        buys(1, 1, 3_980, clock.instant());

        eventually(() -> number("select count(*) from purchase_order where merchant_id = :m and kept = 3980") == 1);
    }

    @Test
    void keepsMerchantsApart() {
        shop.joins(1);
        known(1);
        String campaign = activate("{\"type\": \"broadcast\"}", send("inbox", "a"));
        eventually(() -> sentMessages() == 1);
        put("/v1/measurement-settings", PRICES).statusCode(200);
        var other = new TestShop(shop.merchant() + 500_000, clock);
        TestTopics.publish(order(other, 1, 1, 1, Status.PAID, 3_980, clock.instant()));
        eventually(() -> number("select count(*) from purchase_order where merchant_id = :m + 500000") == 1);

        report(campaign, "").body("attributed.economics.sales.amount", is("0.00"));
        as(other.merchant(), Roles.OWNER)
                .get("/v1/campaigns/{k}/report", campaign)
                .then()
                .statusCode(404);
        as(other.merchant(), Roles.OWNER)
                .get(strategies())
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        as(other.merchant(), Roles.OWNER).get("/v1/measurement-settings").then().body("marginPercent", nullValue());
        as(Roles.SUPPORT).get("/v1/campaigns/{k}/report", campaign).then().statusCode(403);
    }

    @Test
    void refusesReportsThatCannotBe() {
        String campaign = activate("{\"type\": \"broadcast\"}", send("inbox", "a"));

        for (String query : List.of(
                "window=P0D",
                "window=P9999D",
                "window=x",
                "model=best",
                "from=2026-13-01",
                "from=2026-02-01&to=2026-01-01",
                "effect=0",
                "effect=NaN")) {
            report(campaign, "?" + query).statusCode(422).body("violations", hasSize(1));
        }
        get("/v1/reports/strategies").statusCode(422);
        get("/v1/reports/strategies?from=2024-01-01&to=2026-01-01").statusCode(422);
    }

    @Test
    void keepsWhatMessagesCost() {
        put("/v1/measurement-settings", """
                {"costs": {"sms": {"amount": -1, "currency": "EUR"}, "fax": {}}, "marginPercent": 101, "x": 1}""")
                .statusCode(422)
                .body(
                        "violations.field",
                        hasItems("costs.sms.amount", "costs.sms.currency", "costs.fax", "marginPercent", "x"));

        String tag = put("/v1/measurement-settings", PRICES)
                .statusCode(200)
                .body("costs.sms.amount", is("0.045"))
                .extract()
                .header("ETag");
        put("/v1/measurement-settings", "{}").statusCode(200);

        as(Roles.MARKETER)
                .header("If-Match", tag)
                .body(PRICES)
                .put("/v1/measurement-settings")
                .then()
                .statusCode(412);
        as(Roles.ANALYST).body(PRICES).put("/v1/measurement-settings").then().statusCode(403);
        get("/v1/measurement-settings").body("marginPercent", nullValue());
    }

    /// Customers who went the way of the revision: each so-many-th was held out, and each so-many-th came to
    /// the arm `named`.
    private void drawn(String campaign, int revision, int first, int last, int each) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with made as (
                          insert into enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, state, reason,
                            enrolled_at, updated_at)
                          select :m, i, :k, :revision, 'tier:2', case when i % :each = 0 then 'held-out' else 'finished' end,
                            case when i % :each = 0 then 'in the holdout' end, :now, :now
                          from generate_series(:first, :last) i returning *)
                        insert into enrolment_arm (merchant_id, customer_id, enrolment_id, campaign_id, experiment, arm,
                          entered_at)
                        select merchant_id, customer_id, id, campaign_id, 'opening',
                          case when customer_id % :each = 0 then 'named' else 'plain' end, enrolled_at from made""")
                .bind("m", shop.merchant())
                .bind("k", Long.parseLong(campaign.substring("cmp_".length()), 36))
                .bind("revision", revision)
                .bind("first", first)
                .bind("last", last)
                .bind("each", each)
                .bind("now", clock.instant())
                .execute());
    }

    private ValidatableResponse report(String campaign, String query) {
        return get("/v1/campaigns/{k}/report" + query, campaign);
    }

    private String sales(String campaign, String model) {
        return report(campaign, "?window=P10D&model=" + model)
                .statusCode(200)
                .extract()
                .path("attributed.economics.sales.amount");
    }

    private String strategies() {
        return "/v1/reports/strategies?from="
                + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(7);
    }

    private void buys(long customer, long order, long kept, Instant at) {
        TestTopics.publish(order(shop, customer, order, 1, Status.PAID, kept, at));
    }

    private static OrderChanged order(
            TestShop of, long customer, long id, long version, Status status, long kept, Instant at, String... codes) {
        return new OrderChanged(
                of.merchant(),
                id,
                version,
                "T" + id,
                customer,
                status,
                at,
                "CNY",
                "shop",
                false,
                List.of(new OrderChanged.Line(
                        1, "WIPES-80", "婴儿湿巾", "湿巾", 1, Math.max(kept, 1), kept > 0 ? 1 : 0, kept)),
                List.of(codes),
                false);
    }

    private void sentAt(String campaign, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update message set sent_at = :at where merchant_id = :m and campaign_id = :campaign")
                .bind("at", at)
                .bind("m", shop.merchant())
                .bind("campaign", Long.parseLong(campaign.substring("cmp_".length()), 36))
                .execute());
    }

    private int sentMessages() {
        return number("select count(*) from message where merchant_id = :m and sent_at is not null");
    }

    private int orders() {
        return number("select count(*) from purchase_order where merchant_id = :m");
    }

    private List<Long> customers(String state) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select customer_id from enrolment where merchant_id = :m and state = :state order by 1")
                .bind("m", shop.merchant())
                .bind("state", state)
                .mapTo(Long.class)
                .list());
    }

    private void fill() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into audience (merchant_id, customer_id, profile_version, external_id, name, phone,
                          sms_consent)
                        select :m, i, 1, 'u' || i, '张', '+861' || lpad((:m::bigint * 10000 + i)::text, 10, '0'), true
                        from generate_series(1, :n) i""")
                .bind("m", shop.merchant())
                .bind("n", CUSTOMERS)
                .execute());
    }
}
