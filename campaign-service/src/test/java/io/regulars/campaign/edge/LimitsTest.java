package io.regulars.campaign.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Channel;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

/// Class, priority, time limit, holdout and budget of campaigns.
@QuarkusTest
class LimitsTest extends ServiceEdge {

    private static final String TIER_UP = "{\"type\": \"tier-changed\", \"direction\": \"up\"}";

    @Test
    void aNoticeOfAnOrderNeedsNoConsentAndKeepsToNoCap() {
        put("/v1/guardrails", "{\"caps\": [{\"channel\": \"all\", \"max\": 0, \"per\": \"P7D\"}]}");
        activateAs(campaign(send("email", "x") + "," + send("sms", "您的订单已发货"), "\"class\": \"transactional\""));
        joinsWith(Map.of(Channel.EMAIL, false));
        becomesVip();

        eventually(() -> allAre(1, 2, "sent"));
        assertThat(smsTo(1).getFirst().text()).isEqualTo("【" + TestShop.NAME + "】您的订单已发货");
        assertThat(number("select count(*) from message where merchant_id = :m and counted_at is not null"))
                .isZero();
    }

    @Test
    void aWordAgainstTextMessagesIsOneAgainstNoticesToo() {
        activateAs(campaign(send("sms", "x"), "\"class\": \"transactional\""));
        joinsWith(Map.of(Channel.SMS, false));
        becomesVip();

        eventually(() -> "skipped".equals(stateOf(1)));
        assertThat(reasonOf(1)).isEqualTo("consent for SMS is withdrawn");
    }

    @Test
    void onlyTheOwnerCallsANoticeWhatNoOrderCaused() {
        String body = campaign(send("sms", "x"), "\"class\": \"transactional\"");

        as(Roles.MARKETER)
                .body(body)
                .post("/v1/campaigns")
                .then()
                .statusCode(403)
                .body("detail", containsString("owner's role"));
        as(Roles.OWNER).body(body).post("/v1/campaigns").then().statusCode(201);
    }

    @Test
    void theMoreUrgentTakesTheLastPlaceInWhateverChannel() {
        put("/v1/guardrails", "{\"caps\": [{\"channel\": \"all\", \"max\": 1, \"per\": \"P1D\"}]}");
        activateAs(campaign(send("email", "low"), "\"priority\": 1"));
        activateAs(campaign(send("sms", "high"), "\"priority\": 7"));
        activateAs(campaign(send("inbox", "middle"), "\"priority\": 1, \"expectedValue\": \"2.50\""));
        shop.joins(1);
        becomesVip();

        eventually(() -> "sent".equals(stateBy("sms")));
        // who was held for a moment, since another one was to be decided first, is held by the cap now
        clock.shift(Duration.ofSeconds(31));
        eventually(() -> messages(1).stream()
                        .filter(one -> String.valueOf(one.get("reason")).startsWith("cap of 1 messages in all"))
                        .count()
                == 2);
        clock.shift(Duration.ofDays(1).plusMinutes(1));
        eventually(() -> "sent".equals(stateBy("inbox")));
        stays(() -> "held".equals(stateBy("email")));
        clock.shift(Duration.ofDays(1).plusMinutes(1));

        eventually(() -> "sent".equals(stateBy("email")));
    }

    @Test
    void whatIsTooLateIsSkippedAndCounted() {
        put("/v1/guardrails", "{\"caps\": [{\"channel\": \"sms\", \"max\": 1, \"per\": \"P7D\"}]}");
        String early = activateAs(campaign(send("sms", "first"), "\"priority\": 1"));
        String late = activateAs(campaign(send("sms", "second"), "\"sendWithin\": \"PT1H\""));
        shop.joins(1);
        becomesVip();
        eventually(() -> messages(1).stream()
                .anyMatch(one -> "held".equals(one.get("state"))
                        && String.valueOf(one.get("reason")).startsWith("cap of 1 SMS")));

        clock.shift(Duration.ofHours(1).plusSeconds(1));

        eventually(() -> messages(1).stream().anyMatch(one -> "skipped".equals(one.get("state"))));
        get("/v1/messages/skips?campaign=" + late).body("'too late'", is(1));
        get("/v1/messages/skips?campaign=" + early).body("size()", is(0));
        assertThat(smsTo(1)).hasSize(1);
    }

    @Test
    void leavesTheGlobalHoldoutAloneWhateverTheCampaignSays() {
        put("/v1/guardrails", "{\"globalHoldout\": {\"percent\": 100, \"rotate\": \"quarter\"}}");
        String marketing = activateAs(campaign(send("inbox", "x"), "\"holdoutPercent\": 0"));
        activateAs(campaign(send("sms", "x"), "\"class\": \"transactional\""));
        shop.joins(1);
        becomesVip();

        eventually(() -> allAre(1, 1, "sent"));
        get("/v1/decisions?customer=ext:u1&campaign=" + marketing)
                .body("enrolments[0].state", is("held-out"))
                .body("enrolments[0].reason", is("global holdout"));
    }

    @Test
    void aBudgetHoldsWhatIsBeyondItSaysSoOnceAndReleasesWhatIsRaised() {
        fill(12);
        String campaign = activateAs(broadcast("\"budgets\": [{\"of\": \"messages\", \"most\": 3}]"));

        eventually(() -> inState("sent") == 3 && inState("held") == 9);
        get("/v1/campaigns/{k}", campaign)
                .body("notices", hasSize(1))
                .body("notices[0].kind", is("budget"))
                .body("notices[0].text", is("budget: the campaign's 3 messages is used up"));
        get("/v1/messages?state=held").body("items[0].reason", startsWith("budget: the campaign's"));
        as(Roles.MARKETER)
                .body(broadcast("\"budgets\": [{\"of\": \"messages\", \"most\": 5}]"))
                .put("/v1/campaigns/" + campaign)
                .then()
                .statusCode(200);

        eventually(() -> inState("sent") == 5);
        stays(() -> inState("sent") == 5 && inState("held") == 7);
    }

    @Test
    void aBudgetOfMoneyBeginsAnewWithItsPeriod() {
        put("/v1/measurement-settings", "{\"costs\": {\"inbox\": {\"amount\": \"0.045\", \"currency\": \"CNY\"}}}");
        put("/v1/guardrails", "{\"budgets\": [{\"of\": \"money\", \"most\": \"0.10\", \"per\": \"day\"}]}");
        clock.shiftTo(Instant.parse("2026-03-01T15:00:00Z"));
        fill(5);
        activateAs(broadcast("\"sendWithin\": \"P9D\""));

        eventually(() -> inState("sent") == 2 && inState("held") == 3);
        assertThat(number("select used from budget where merchant_id = :m")).isEqualTo(90_000);
        // midnight in Shanghai
        clock.shiftTo(Instant.parse("2026-03-01T16:00:01Z"));

        eventually(() -> inState("sent") == 4);
        stays(() -> inState("sent") == 4);
    }

    private static String campaign(String steps, String more) {
        return """
                {"name": "n", "trigger": %s, "steps": [%s], %s}""".formatted(TIER_UP, steps, more);
    }

    private static String broadcast(String more) {
        return """
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [%s], %s}""".formatted(send("inbox", "x"), more);
    }

    private void joinsWith(Map<Channel, Boolean> consents) {
        TestTopics.publish(shop.customer(1, 1, "张小雨", consents, false));
    }

    private void becomesVip() {
        known(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
    }

    private String stateBy(String channel) {
        List<Map<String, Object>> found = messages(1).stream()
                .filter(one -> channel.equals(one.get("channel")))
                .toList();
        return found.isEmpty() ? "none" : String.valueOf(found.getFirst().get("state"));
    }

    private int inState(String state) {
        return number("select count(*) from message where merchant_id = :m and state = '" + state + "'");
    }
}
