package io.regulars.campaign.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

@QuarkusTest
class JourneyStepsTest extends ServiceEdge {

    private static final String BROADCAST = "{\"type\": \"broadcast\"}";
    private static final String HOUR = "{\"type\": \"wait\", \"for\": \"PT1H\"}";

    @Test
    void branchesByWhatHoldsWhenACustomerGetsThere() {
        joined(1, 2);
        activate(
                BROADCAST,
                HOUR,
                """
                {"type": "branch", "cases": [
                  {"if": {"field": "tier", "op": "eq", "value": "super-vip"}, "then": [%s]},
                  {"if": {"field": "tier", "op": "eq", "value": "vip"}, "then": [%s]}], "else": [%s]}""".formatted(send("inbox", "super"), send("inbox", "vip"), send("inbox", "other")),
                send("inbox", "all"));
        eventually(() -> enrolled("active") == 2);
        shop.becomesVip(1);
        eventually(() -> number("select count(*) from audience where merchant_id = :m and tier = 'vip'") == 1);

        clock.shift(Duration.ofHours(2));

        eventually(() -> allAre(1, 2, "sent") && allAre(2, 2, "sent"));
        assertThat(letters(1)).containsExactlyInAnyOrder("vip", "all");
        assertThat(letters(2)).containsExactlyInAnyOrder("other", "all");
    }

    @Test
    void wakesWhoWaitsForAnOrderAndLeavesTheOthersTheirTime() {
        joined(1, 2);
        activate(BROADCAST, waitForOrder("湿巾"));
        eventually(() -> waiting() == 2);

        TestTopics.publish(shop.order(1, 11, 1));

        eventually(() -> allAre(1, 1, "sent"));
        assertThat(letters(1)).containsExactly("thanks");
        assertThat(waiting()).isEqualTo(1);
        clock.shift(Duration.ofDays(4));
        eventually(() -> allAre(2, 1, "sent"));
        assertThat(letters(2)).containsExactly("still there?");
    }

    @Test
    void wakesNobodyForAnotherOrder() {
        joined(1);
        activate(BROADCAST, waitForOrder("纸尿裤"));
        eventually(() -> waiting() == 1);

        TestTopics.publish(shop.order(1, 11, 1));

        eventually(() -> number("select count(*) from purchase where merchant_id = :m") == 1);
        stays(() -> waiting() == 1);
    }

    @Test
    void findsWhatHappenedBeforeTheWait() {
        joined(1);
        activate(BROADCAST, HOUR, waitForOrder("湿巾"));
        eventually(() -> enrolled("active") == 1);
        TestTopics.publish(shop.order(1, 11, 1));
        eventually(() -> number("select count(*) from purchase where merchant_id = :m") == 1);

        clock.shift(Duration.ofHours(2));

        eventually(() -> allAre(1, 1, "sent"));
        assertThat(letters(1)).containsExactly("thanks");
    }

    @Test
    void wakesWhoOpensAMessageOfTheJourney() {
        joined(1);
        activate(BROADCAST, send("inbox", "read me"), """
                {"type": "wait", "forEvent": {"type": "message-opened"}, "timeout": "P3D", "then": [%s]}""".formatted(send("inbox", "you did")));
        eventually(() -> waiting() == 1 && allAre(1, 1, "sent"));
        String letter = get("/v1/inbox/ext:u1/messages").extract().path("items[0].id");

        post("/v1/inbox/ext:u1/messages/{i}/read", "{}", letter).statusCode(200);

        eventually(() -> allAre(1, 2, "sent"));
        assertThat(letters(1)).containsExactlyInAnyOrder("read me", "you did");
    }

    @Test
    void stopsAMessageWhoseGoalIsReachedBetweenPlanAndSend() {
        put("/v1/guardrails", "{\"quietHours\": {\"channels\": [\"sms\"], \"from\": \"22:00\", \"to\": \"08:00\"}}");
        clock.shiftTo(Instant.parse("2026-03-01T15:00:00Z"));
        joined(1, 2);
        String campaign = activateAs("""
                {"name": "n", "trigger": %s, "steps": [%s, %s, %s], "goal": {"order": {"minAmount": "39.80"}}}""".formatted(
                BROADCAST, send("sms", "buy"), "{\"type\": \"wait\", \"for\": \"P1D\"}", send("inbox", "buy!")));
        activateAs("""
                {"name": "e", "trigger": %s, "steps": [%s],
                 "exitWhen": {"field": "bought", "op": "has", "value": ["WIPES-80"]}}""".formatted(BROADCAST, send("sms", "bye")));
        eventually(() -> allAre(1, 2, "held") && allAre(2, 2, "held"));

        TestTopics.publish(shop.order(1, 11, 1));
        eventually(() -> number("select count(*) from purchase where merchant_id = :m") == 1);
        clock.shiftTo(Instant.parse("2026-03-02T00:00:01Z"));

        eventually(() -> allAre(1, 2, "skipped") && allAre(2, 2, "sent"));
        assertThat(messages(1))
                .extracting(message -> message.get("reason"))
                .containsExactlyInAnyOrder("the goal is reached: an order was placed", "the exit condition holds");
        assertThat(smsTo(1)).isEmpty();
        clock.shiftTo(Instant.parse("2026-03-02T16:00:00Z"));
        eventually(() -> enrolled("active") == 0);
        get("/v1/campaigns/{k}/enrolments?customer=ext:u1", campaign)
                .body("items[0].state", is("finished"))
                .body("items[0].reason", is("the goal is reached: an order was placed"));
        assertThat(messages(1)).hasSize(2);
    }

    @Test
    void customersUnderWayStayOnTheirVersion() {
        joined(1, 2);
        String campaign = activate("{\"type\": \"tier-changed\", \"direction\": \"up\"}", HOUR, send("inbox", "old"));
        shop.becomesVip(1);
        eventually(() -> enrolled("active") == 1);
        put("/v1/campaigns/" + campaign, """
                {"name": "test", "trigger": {"type": "tier-changed", "direction": "up"}, "steps": [
                  {"type": "branch", "if": {"field": "tier", "op": "eq", "value": "vip"}, "then": [%s]}]}""".formatted(send("inbox", "new"))).statusCode(200);
        shop.becomesVip(2);
        eventually(() -> allAre(2, 1, "sent"));

        clock.shift(Duration.ofHours(2));

        eventually(() -> allAre(1, 1, "sent"));
        assertThat(letters(1)).containsExactly("old");
        assertThat(letters(2)).containsExactly("new");
    }

    @Test
    void keepsTheArmOfEachCustomerAndWhatTheyWereTagged() {
        jdbi.useHandle(
                handle -> handle.createUpdate("""
                        insert into audience (merchant_id, customer_id, profile_version, external_id)
                        select :m, i, 1, 'u' || i from generate_series(1, 400) i""").bind("m", shop.merchant()).execute());

        activate(BROADCAST, """
                {"type": "split", "name": "offer", "arms": [
                  {"name": "none", "weight": 50, "steps": []},
                  {"name": "tagged", "weight": 50, "steps": [{"type": "tag", "add": ["offer", "x"]},
                    {"type": "tag", "remove": ["x"]}]}]}""", """
                {"type": "branch", "if": {"field": "campaignTags", "op": "has", "value": ["offer"]}, "then": [%s]}""".formatted(send("inbox", "offer")));

        eventually(() -> enrolled("finished") == 400);
        int tagged = number("select count(*) from enrolment_arm where merchant_id = :m and arm = 'tagged'");
        assertThat(tagged).isBetween(150, 250);
        assertThat(number("select count(*) from enrolment_arm where merchant_id = :m and arm = 'none'"))
                .isEqualTo(400 - tagged);
        assertThat(number("""
                select count(*) from message m join enrolment_arm a using (merchant_id, customer_id, enrolment_id)
                where m.merchant_id = :m and a.arm = 'tagged'""")).isEqualTo(tagged);
        assertThat(number("select count(*) from message where merchant_id = :m"))
                .isEqualTo(tagged);
        post(
                        "/v1/audiences/count",
                        "{\"condition\": {\"field\": \"campaignTags\", \"op\": \"hasNot\", \"value\": [\"offer\"]}}")
                .body("customers", is(400 - tagged));
        assertThat(number("select count(*) from customer_tag where merchant_id = :m and tag = 'x'"))
                .isZero();
    }

    @Test
    void namesEveryFaultWithItsPlace() {
        post("/v1/campaigns", """
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [
                  {"type": "branch", "if": {"field": "tier", "op": "eq", "value": "vip"}, "then": [
                    {"type": "send", "channel": "inbox", "template": {"text": "{coupon.code}"}},
                    {"type": "webhook", "webhook": "whk_zzzzz"}]}], "goal": {"order": {"amount": 1}}}""")
                .statusCode(422)
                .body("violations.field", hasItem("steps[0].then[0].template.text"))
                .body("violations.field", hasItem("steps[0].then[1].webhook"))
                .body("violations.field", hasItem("goal.order.amount"));
    }

    private static String waitForOrder(String category) {
        return """
                {"type": "wait", "forEvent": {"type": "order", "categories": ["%s"]}, "timeout": "P3D",
                 "then": [%s], "else": [%s]}""".formatted(category, send("inbox", "thanks"), send("inbox", "still there?"));
    }

    private void joined(long... customers) {
        for (long customer : customers) {
            shop.joins(customer);
            shop.isOrdinary(customer);
        }
        known(customers);
        eventually(() -> number("select count(*) from audience where merchant_id = :m and tier = 'ordinary'")
                == customers.length);
    }

    private List<String> letters(long customer) {
        List<Map<String, Object>> letters =
                as(Roles.OWNER).get("/v1/inbox/ext:u" + customer + "/messages").path("items");
        return letters.stream()
                .map(letter -> String.valueOf(letter.get("text")))
                .toList();
    }

    private int waiting() {
        return number("select count(*) from enrolment where merchant_id = :m and awaits is not null");
    }

    private int enrolled(String state) {
        return number("select count(*) from enrolment where merchant_id = :m and state = '" + state + "'");
    }
}
