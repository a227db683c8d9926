package io.regulars.campaign.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.Sandboxes;
import io.regulars.events.Channel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
class GuardrailsTest extends ServiceEdge {

    private static final String TIER_UP = "{\"type\": \"tier-changed\", \"direction\": \"up\"}";

    @Test
    void holdsInQuietHoursAndReleasesInTheMorning() {
        put("/v1/guardrails", "{\"quietHours\": {\"channels\": [\"sms\"], \"from\": \"22:00\", \"to\": \"08:00\"}}");
        clock.shiftTo(Instant.parse("2026-03-01T15:00:00Z"));
        activate(TIER_UP, send("sms", "您好"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);

        eventually(() -> "held".equals(stateOf(1)));
        assertThat(reasonOf(1)).startsWith("quiet hours in Asia/Shanghai until 2026-03-02T08:00");
        stays(() -> smsTo(1).isEmpty());
        clock.shiftTo(Instant.parse("2026-03-02T00:00:01Z"));

        eventually(() -> smsTo(1).size() == 1);
    }

    @Test
    void keepsTheCapWhenManyCampaignsWantTheSameCustomer() {
        put("/v1/guardrails", "{\"caps\": [{\"channel\": \"sms\", \"max\": 2, \"per\": \"P7D\"}]}");
        for (int i = 0; i < 5; i++) {
            activateAs("""
                    {"name": "n", "trigger": %s, "steps": [%s], "sendWithin": "P30D"}""".formatted(TIER_UP, send("sms", "第" + i + "条")));
        }
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);

        eventually(() -> counts(1).equals(Map.of("sent", 2L, "held", 3L)));
        stays(() -> smsTo(1).size() == 2);
        assertThat(messages(1).stream().filter(one -> "held".equals(one.get("state"))))
                .allSatisfy(one -> assertThat(String.valueOf(one.get("reason"))).startsWith("cap of 2 SMS messages"));
        clock.shift(Duration.ofDays(7).plusMinutes(1));

        eventually(() -> smsTo(1).size() == 4);
        stays(() -> smsTo(1).size() == 4);
    }

    @Test
    void leavesTheHoldoutAloneAndShowsIt() {
        String campaign = activateAs("""
                {"name": "n", "trigger": %s, "steps": [%s], "holdoutPercent": 100}""".formatted(TIER_UP, send("inbox", "x")));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);

        eventually(() -> {
            List<?> held = as("analyst")
                    .get("/v1/campaigns/{k}/enrolments?state=held-out", campaign)
                    .path("items");
            return held.size() == 1;
        });
        get("/v1/decisions?customer=ext:u1&campaign=" + campaign)
                .body("enrolments[0].reason", is("in the holdout of 100 %"));
        assertThat(messages(1)).isEmpty();
    }

    @Test
    void triesAgainWhatTheGatewayRefusesForNow() {
        Sandboxes.sms().failNext(503);
        activate(TIER_UP, send("sms", "您好"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);

        eventually(() -> "sent".equals(stateOf(1)));
        assertThat(smsTo(1)).hasSize(1);
        get("/v1/messages/{m}/trace", messages(1).getFirst().get("id"))
                .body("message.attempts", is(2))
                .body("trail.reason", hasItem(startsWith("HTTP 503")));
    }

    @Test
    void endsAJourneyWhoseCauseIsGone() {
        activate("{\"type\": \"fell-asleep\"}", "{\"type\": \"wait\", \"for\": \"P1D\"}", send("inbox", "x"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.fallsAsleep(1);
        eventually(() -> enrolment("state").equals("active"));
        io.regulars.embedded.TestTopics.publish(shop.score(
                1, 3, shop.tier("ordinary", 1, null, -1, 1), shop.stage("growing", "sleeping", 3), List.of(), false));
        eventually(() -> jdbi.withHandle(
                        handle -> handle.createQuery("select stage from audience where merchant_id = :m")
                                .bind("m", shop.merchant())
                                .mapTo(String.class)
                                .one())
                .equals("growing"));
        clock.shift(Duration.ofDays(2));

        eventually(() -> enrolment("state").equals("exited"));
        assertThat(enrolment("reason"))
                .isEqualTo("the cause is gone: the customer is not sleeping: the stage is growing");
    }

    @Test
    void leavesUncertainWhatAMailServerMayHaveTaken() {
        long message = abandoned("email", "transmitting");

        eventually(() -> "uncertain".equals(stateOf(1)));
        stays(() -> mailTo(1).isEmpty());
        get("/v1/messages?state=uncertain").body("items.size()", is(1));
        assertThat(message).isPositive();
    }

    @Test
    void repeatsWhatTheGatewayTellsByItsKey() {
        abandoned("sms", "transmitting");

        eventually(() -> smsTo(1).size() == 1);
        eventually(() -> "sent".equals(stateOf(1)));
        stays(() -> smsTo(1).size() == 1);
    }

    @Test
    void isUncertainOfWhatMayHaveBeenSentAndMustNotBeRepeated() {
        underWay("sms");
        shop.withdraws(1, Channel.SMS);
        eventually(() -> jdbi.withHandle(handle -> handle.createQuery(
                        "select not sms_consent from audience where merchant_id = :m and customer_id = 1")
                .bind("m", shop.merchant())
                .mapTo(Boolean.class)
                .one()));

        abandon("sms", "transmitting");

        eventually(() -> "uncertain".equals(stateOf(1)));
        assertThat(reasonOf(1)).isEqualTo("perhaps sent, and not repeated: consent for SMS is withdrawn");
        stays(() -> smsTo(1).isEmpty());
    }

    @Test
    void repeatsWhatWasClaimedOnly() {
        abandoned("email", "claimed");

        eventually(() -> mailTo(1).size() == 1);
        eventually(() -> "sent".equals(stateOf(1)));
        stays(() -> mailTo(1).size() == 1);
    }

    /// A message whose worker was lost in this state.
    private long abandoned(String channel, String state) {
        underWay(channel);
        return abandon(channel, state);
    }

    private void underWay(String channel) {
        activate(TIER_UP, "{\"type\": \"wait\", \"for\": \"P30D\"}", send(channel, "您好"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> enrolment("state").equals("active"));
    }

    private long abandon(String channel, String state) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with lost as (
                          insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id,
                            occurrence, step, channel, state, claim, lease_until, planned_at, updated_at)
                          select merchant_id, customer_id, campaign_id, revision, id, occurrence, 1, :channel, :state,
                            'lost of ' || merchant_id, clock_timestamp() - interval '1 second', enrolled_at, enrolled_at
                          from enrolment where merchant_id = :m
                          returning merchant_id, customer_id, id, claim, lease_until
                        ), held as (
                          insert into claim (id, until, merchants, customers, messages)
                          select claim, lease_until, array[merchant_id], array[customer_id], array[id] from lost)
                        select id from lost""")
                .bind("channel", channel)
                .bind("state", state)
                .bind("m", shop.merchant())
                .mapTo(Long.class)
                .one());
    }

    private String enrolment(String column) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select coalesce(max(" + column + "), '') from enrolment where merchant_id = :m")
                .bind("m", shop.merchant())
                .mapTo(String.class)
                .one());
    }

    private Map<String, Long> counts(long customer) {
        return messages(customer).stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        message -> String.valueOf(message.get("state")), java.util.stream.Collectors.counting()));
    }
}
