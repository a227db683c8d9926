package io.regulars.campaign.edge;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.Sandboxes;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Channel;
import io.regulars.events.ScoreChanged.Step;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
class SendingTest extends ServiceEdge {

    private static final String TIER_UP = "{\"type\": \"tier-changed\", \"direction\": \"up\", \"to\": [\"vip\"]}";

    @Test
    void sendsEachChannelOnceForATierChangeHoweverOftenItIsTold() {
        activate(
                TIER_UP,
                send("sms", "亲爱的{customer.maskedName}，您已是{customer.tier}会员"),
                send("email", "亲爱的{customer.name}"),
                send("inbox", "欢迎{customer.tier}"));
        shop.joins(1);
        shop.isOrdinary(1);
        var vip = shop.vip(1);
        TestTopics.publish(vip);

        eventually(() -> allAre(1, 3, "sent"));
        TestTopics.publish(vip);
        TestTopics.publish(shop.score(1, 3, vip.tier(), vip.stage(), List.of(), false));

        stays(() -> smsTo(1).size() == 1 && mailTo(1).size() == 1 && messages(1).size() == 3);
        assertThat(smsTo(1).getFirst().text()).isEqualTo("【暖阳母婴】亲爱的张**，您已是VIP会员，拒收请回复R");
        var mail = mailTo(1).getFirst();
        assertThat(mail.subject()).isEqualTo("您好");
        assertThat(mail.text()).contains("亲爱的张小雨");
        assertThat(mail.html()).contains("亲爱的张小雨");
        assertThat(mail.from()).contains("no-reply@regulars.example");
        assertThat(mail.header("List-Unsubscribe"))
                .matches("<http.*/api/customer/unsubscribe/tok-" + shop.merchant() + "-1\\?channel=email>");
        assertThat(mail.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        get("/v1/inbox/ext:u1/messages").body("items", hasSize(1)).body("items[0].text", is("欢迎VIP"));
        get("/v1/messages/counts")
                .body("sms.sent", is(1))
                .body("email.sent", is(1))
                .body("inbox.sent", is(1));
    }

    @Test
    void endsRightWhenTheScoreComesBeforeTheProfile() {
        activate(TIER_UP, send("sms", "您好{customer.name}"));
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> enrolments() == 1);
        shop.joins(1);

        eventually(() -> smsTo(1).size() == 1);
    }

    @Test
    void startsNothingForHistoryAndForTheFirstTier() {
        activate("{\"type\": \"tier-changed\"}", send("inbox", "x"));
        shop.joins(1);
        shop.joins(2);
        shop.isOrdinary(1);
        TestTopics.publish(shop.score(
                2, 2, loaded(shop.tier("vip", 3, "ordinary", 1, 2)), shop.stage("growing", null, 1), List.of(), true));
        TestTopics.publish(shop.score(
                2, 3, loaded(shop.tier("vip", 3, "ordinary", 1, 2)), shop.stage("growing", null, 1), List.of(), false));
        known(1, 2);

        stays(() -> enrolments() == 0);
    }

    @Test
    void startsForALiveStepAlthoughARecomputeToldOfItLast() {
        activate(TIER_UP, send("inbox", "x"));
        shop.joins(1);
        shop.isOrdinary(1);
        known(1);

        TestTopics.publish(shop.score(
                1, 3, shop.tier("vip", 3, "ordinary", 1, 2), shop.stage("growing", null, 1), List.of(), true));

        eventually(() -> enrolments() == 1);
    }

    @Test
    void tellsTierChangesThatItReadsTogetherAsOneTheLast() {
        activate(TIER_UP, send("inbox", "VIP"));
        activate("{\"type\": \"tier-changed\", \"direction\": \"up\", \"to\": [\"senior\"]}", send("inbox", "senior"));
        activate("{\"type\": \"tier-changed\", \"direction\": \"up\"}", send("inbox", "up"));
        shop.joins(1);
        shop.isOrdinary(1);
        known(1);

        TestTopics.publishTogether(List.of(
                shop.score(
                        1,
                        2,
                        shop.tier("senior", 2, "ordinary", 1, 2),
                        shop.stage("growing", null, 1),
                        List.of(),
                        false),
                shop.score(
                        1, 3, shop.tier("vip", 3, "senior", 2, 3), shop.stage("growing", null, 1), List.of(), false)));

        eventually(() -> messages(1).size() == 2);
        stays(() -> allAre(1, 2, "sent") && enrolments() == 2);
        get("/v1/inbox/ext:u1/messages").body("items.text", containsInAnyOrder("VIP", "up"));
        assertThat(messages(1)).extracting(message -> message.get("occurrence")).containsOnly("tier:3");
    }

    @Test
    void startsNothingForALiveStepThatLoadedHistoryFollowedInTheSameBatch() {
        activate("{\"type\": \"tier-changed\"}", send("inbox", "x"));
        shop.joins(1);
        shop.isOrdinary(1);
        known(1);

        TestTopics.publishTogether(List.of(
                shop.vip(1),
                shop.score(
                        1,
                        3,
                        loaded(shop.tier("super-vip", 4, "vip", 3, 3)),
                        shop.stage("growing", null, 1),
                        List.of(),
                        true)));

        eventually(() -> count("{\"field\": \"tier\", \"op\": \"eq\", \"value\": \"super-vip\"}") == 1);
        stays(() -> enrolments() == 0);
    }

    private static Step loaded(Step step) {
        return new Step(
                step.key(),
                step.rank(),
                step.previous(),
                step.previousRank(),
                step.since(),
                step.seq(),
                step.reason(),
                true);
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void skipsWithItsReasonWhenConsentIsWithdrawnBeforeTheMessageGoes(Channel withdrawn) {
        activate(TIER_UP, "{\"type\": \"wait\", \"for\": \"PT2H\"}", send("sms", "您好"), send("email", "您好"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> jdbi.withHandle(handle -> handle.createQuery(
                                "select count(*) from enrolment where merchant_id = :m and state = 'active'")
                        .bind("m", shop.merchant())
                        .mapTo(Integer.class)
                        .one())
                == 1);
        shop.withdraws(1, withdrawn);
        eventually(() -> jdbi.withHandle(handle -> handle.createQuery("""
                        select not (sms_consent and email_consent) from audience
                        where merchant_id = :m and customer_id = 1""")
                .bind("m", shop.merchant())
                .mapTo(Boolean.class)
                .one()));
        clock.shift(java.time.Duration.ofHours(3));

        eventually(() -> messages(1).stream()
                .map(message -> message.get("state"))
                .collect(Collectors.toSet())
                .equals(Set.of("sent", "skipped")));
        get("/v1/messages?customer=ext:u1&channel=" + withdrawn.name().toLowerCase(Locale.ROOT))
                .body("items[0].state", is("skipped"))
                .body("items[0].reason", is("consent for " + withdrawn + " is withdrawn"));
        assertThat(withdrawn == Channel.SMS ? smsTo(1) : mailTo(1)).isEmpty();
    }

    @Test
    void keepsHostileNamesInert() {
        activate(TIER_UP, """
                {"type": "send", "channel": "email", "template": {"subject": "{customer.name}",
                 "text": "{customer.name}", "html": "<p>{customer.name}</p>"}}""");
        shop.joins(1, "x\r\nBcc: evil@example.com\r\n<script>alert(1)</script>{coupon.code}");
        shop.isOrdinary(1);
        shop.becomesVip(1);

        eventually(() -> mailTo(1).size() == 1);
        var mail = mailTo(1).getFirst();
        assertThat(mail.header("Bcc")).isNull();
        assertThat(mail.subject()).contains("Bcc: evil@example.com").contains("{coupon.code}");
        assertThat(mail.html()).contains("&lt;script&gt;").doesNotContain("<script>");
    }

    @Test
    void remindsWhenARepurchaseWindowOpensWithCouponAndTier() {
        post("/v1/playbooks/repurchase-reminder/campaigns", "{}")
                .statusCode(201)
                .body("state", is("active"));
        post("/v1/playbooks/repurchase-reminder/campaigns", "{}")
                .statusCode(200)
                .body("playbook", is("repurchase-reminder"));
        shop.joins(1);
        shop.runsOutOf(1, "WIPES-80", 77);

        eventually(() -> smsTo(1).size() == 1 && mailTo(1).size() == 1);
        assertThat(smsTo(1).getFirst().text())
                .matches("【暖阳母婴】亲爱的张\\*\\*，作为本店VIP会员，购买婴儿湿巾可享受8\\.8折优惠，优惠码[0-9A-Z]{12}，.*拒收请回复R");
        assertThat(mailTo(1).getFirst().text()).contains("您的婴儿湿巾预计还能用5天");
        get("/v1/playbooks").body("items.find { it.id == 'repurchase-reminder' }.state", is("active"));
    }

    @Test
    void wakesUpWhoFallsAsleepAndThoseAsleepAlreadyWhenAsked() {
        shop.joins(1);
        shop.joins(2);
        shop.isOrdinary(1);
        shop.fallsAsleep(1);
        eventually(() -> count("{\"field\": \"stage\", \"op\": \"eq\", \"value\": \"sleeping\"}") == 1);
        post("/v1/playbooks/sleeping-wake-up/campaigns", "{\"channels\": [\"inbox\"], \"includeExisting\": true}")
                .statusCode(201);
        shop.isOrdinary(2);
        shop.fallsAsleep(2);

        eventually(() -> allAre(1, 1, "sent") && allAre(2, 1, "sent"));
    }

    @Test
    void saysWhyACustomerGotNothing() {
        String campaign = activateAs("""
                {"name": "n", "trigger": {"type": "fell-asleep"}, "steps": [%s],
                 "audience": {"all": [{"field": "region", "op": "eq", "value": "江苏"}, {"field": "tags", "op": "has", "value": "baby"}]}}""".formatted(send("inbox", "x")));
        shop.joins(1);
        known(1);

        get("/v1/decisions?customer=ext:u1&campaign=" + campaign)
                .body("enrolments", hasSize(0))
                .body("notEnrolledBecause", contains("the audience condition does not hold: region is 江苏"));

        shop.isOrdinary(1);
        shop.fallsAsleep(1);
        eventually(() -> enrolments() == 1);
        eventually(() -> as(Roles.SUPPORT)
                .get("/v1/decisions?customer=ext:u1&campaign=" + campaign)
                .path("enrolments[0].state")
                .equals("refused"));
        get("/v1/decisions?customer=ext:u1").body("enrolments[0].reason", is("the audience condition does not hold"));
    }

    @Test
    void forgetsWhoIsErased() {
        activate(TIER_UP, send("inbox", "您好{customer.name}"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> allAre(1, 1, "sent"));

        TestTopics.publish(shop.customer(1, 5, null, Map.of(), true));

        eventually(() -> as(Roles.OWNER)
                .get("/v1/inbox/ext:u1/messages")
                .<List<?>>path("items")
                .isEmpty());
    }

    @Test
    void tellsWhatWasSentToTheOtherServices() {
        activate(TIER_UP, send("inbox", "x"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> allAre(1, 1, "sent"));

        eventually(() -> TestTopics.read(io.regulars.events.Topic.ENGAGEMENTS, java.time.Duration.ofSeconds(2)).stream()
                .anyMatch(event ->
                        event.merchantId() == shop.merchant() && event.key().endsWith(":sent")));
    }

    @Test
    void tracesAMessageFromItsPlanToTheProvidersAnswer() {
        Sandboxes.sms().failNext(422);
        activate(TIER_UP, send("sms", "您好"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> "failed".equals(stateOf(1)));

        get("/v1/messages/{m}/trace", messages(1).getFirst().get("id"))
                .body("message.reason", startsWith("HTTP 422"))
                .body("trail.state", contains("planned", "claimed", "transmitting", "failed"))
                .body("trail.reason", hasItem(startsWith("HTTP 422")));
    }

    private int count(String condition) {
        return post("/v1/audiences/count", "{\"condition\": " + condition + "}")
                .extract()
                .path("customers");
    }

    private long enrolments() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from enrolment where merchant_id = :m")
                .bind("m", shop.merchant())
                .mapTo(Long.class)
                .one());
    }
}
