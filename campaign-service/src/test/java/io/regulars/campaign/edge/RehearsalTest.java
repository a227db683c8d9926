package io.regulars.campaign.edge;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Channel;
import io.regulars.events.InteractionRecorded;
import io.regulars.kit.merchant.Roles;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

/// A campaign is tried before it is switched on, by the guardrails that send: Mautic #2307 asks for such a
/// simulator, #15834 for one that counts nobody who cannot be written to.
@QuarkusTest
class RehearsalTest extends ServiceEdge {

    private static final String TO_VIPS = "{\"type\": \"tier-changed\", \"direction\": \"up\"}";

    @Test
    void tellsWhomACampaignReachesTodayAndWhyNotTheOthersAndTouchesNothing() {
        put("/v1/guardrails", """
                {"caps": [{"channel": "all", "max": 1, "per": "P30D"}],
                 "budgets": [{"of": "messages", "most": 20, "per": "day"}]}""").statusCode(200);
        put("/v1/measurement-settings", """
                {"costs": {"sms": {"amount": "0.045", "currency": "CNY"}}}""").statusCode(200);
        fill(40);
        change("sms_consent = false", 1, 5);
        change("sms_consent = null", 6, 9);
        change("phone = null", 10, 12);
        String phone = jdbi.withHandle(
                handle -> handle.createQuery("select phone from audience where merchant_id = :m and customer_id = 13")
                        .bind("m", shop.merchant())
                        .mapTo(String.class)
                        .one());
        post("/v1/suppressions", "{\"channel\": \"sms\", \"address\": \"" + phone + "\"}")
                .statusCode(201);
        activateAs("""
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [%s],
                 "audience": {"field": "region", "op": "in", "value": ["r14", "r15"]}}""".formatted(send("inbox", "x")));
        eventually(() -> number("select count(*) from message where merchant_id = :m and state = 'sent'") == 2);
        String coupon = post("/v1/coupons", """
                {"name": "c", "kind": "amount", "amountOff": {"amount": "10.00", "currency": "CNY"}}""").statusCode(201).extract().path("id");
        String draft = draft(
                "{\"type\": \"broadcast\"}",
                """
                {"type": "issue-coupon", "coupon": "%s"}""".formatted(coupon),
                send("sms", "{customer.name ?: ''}{coupon.description}"));

        var done = rehearse(draft, "{}");

        assertThat(done.<Integer>path("result.customers")).isEqualTo(40);
        assertThat(done.<Integer>path("result.reachable")).isEqualTo(25);
        assertThat(excluded(done))
                .containsEntry("consent", 9)
                .containsEntry("address", 3)
                .containsEntry("suppression", 1)
                .containsEntry("cap", 2)
                .hasSize(4);
        // two of twenty were taken by the messages that really went: eighteen go today, and seven tomorrow
        assertThat(done.<Integer>path("result.steps[0].goes")).isEqualTo(25);
        assertThat(done.<Integer>path("result.steps[0].late")).isEqualTo(7);
        assertThat(done.<List<Integer>>path("result.hours.sms").stream().mapToInt(n -> n))
                .hasSizeGreaterThan(1);
        assertThat(done.<List<Integer>>path("result.hours.sms").getFirst()).isEqualTo(18);
        assertThat(done.<String>path("result.cost.messages.amount")).isEqualTo("1.13");
        assertThat(done.<String>path("result.cost.couponLiability.amount")).isEqualTo("400.00");
        assertThat(done.<String>path("samples[0].text")).isEqualTo("【暖阳母婴】张立减10元，拒收请回复R");
        as(Roles.ANALYST)
                .get("/v1/rehearsals/" + done.path("id"))
                .then()
                .body("samples[0].name", is("张**"))
                .body("samples[0].to", containsString("*******"))
                .body("samples[0].text", containsString("张**"));
        assertThat(number("select count(*) from message where merchant_id = :m"))
                .isEqualTo(2);
        assertThat(number("select count(*) from enrolment where merchant_id = :m"))
                .isEqualTo(2);
        assertThat(number("select count(*) from coupon_code where merchant_id = :m"))
                .isZero();
        assertThat(number("select used from budget where merchant_id = :m")).isEqualTo(2);
    }

    @Test
    void saysWhenQuietHoursLetMessagesGo() {
        var hour = LocalTime.now(clock.withZone(ZoneId.of("Asia/Shanghai"))).truncatedTo(ChronoUnit.HOURS);
        put("/v1/guardrails", """
                {"quietHours": {"channels": ["sms"], "from": "%s", "to": "%s"}}""".formatted(hour.minusHours(1), hour.plusHours(2)))
                .statusCode(200);
        fill(3);

        var done = rehearse(draft("{\"type\": \"broadcast\"}", send("sms", "x"), send("inbox", "x")), "{}");

        assertThat(done.<Integer>path("result.reachable")).isEqualTo(3);
        assertThat(done.<Integer>path("result.steps[0].late")).isEqualTo(3);
        assertThat(done.<String>path("result.steps[0].held[0].guardrail")).isEqualTo("quiet hours");
        assertThat(done.<Integer>path("result.steps[1].late")).isZero();
        assertThat(done.<String>path("result.hours.find { it.sms == 3 }.local")).contains("T" + hour.plusHours(2));
    }

    @Test
    void reachesNobodyWhileSomebodyHasToAgreeOrItIsFarTooLarge() {
        fill(10);
        put("/v1/guardrails", "{\"approval\": {\"required\": true}, \"breaker\": {\"factor\": 2, \"floor\": 3}}");
        String draft = post("/v1/campaigns", """
                {"name": "ten", "trigger": {"type": "broadcast"}, "steps": [%s], "expectedAudience": 2}""".formatted(send("sms", "x")))
                .statusCode(201)
                .extract()
                .path("id");

        var done = rehearse(draft, "{}");

        assertThat(done.<Integer>path("result.reachable")).isZero();
        assertThat(done.<Integer>path("result.reachableOnceReleased")).isEqualTo(10);
        assertThat(done.<List<String>>path("result.blocked"))
                .anySatisfy(why -> assertThat(why).startsWith("approval:"))
                .anySatisfy(why ->
                        assertThat(why).isEqualTo("breaker: expected 2 customers, would reach 10, and may reach 4"));
        assertThat(excluded(done)).containsEntry("approval", 10);
    }

    @Test
    void countsTheHoldoutAndWhatTheTemplateLacks() {
        fill(4);
        change("name = null", 1, 1);
        String all = draft("{\"type\": \"broadcast\"}", send("inbox", "{customer.name ?: ''}"));
        String held = post("/v1/campaigns", """
                {"name": "h", "trigger": {"type": "broadcast"}, "steps": [%s], "holdoutPercent": 100}""".formatted(send("inbox", "x")))
                .extract()
                .path("id");

        assertThat(rehearse(all, "{}").<Integer>path("result.reachable")).isEqualTo(4);
        var done = rehearse(held, "{}");

        assertThat(done.<Integer>path("result.reachable")).isZero();
        assertThat(excluded(done)).containsEntry("holdout", 4);
    }

    /// Who is erased is in no replay any more, and in no sample.
    @Test
    void replaysWhatItWouldHaveSentAndWritesNothing() {
        for (long customer = 1; customer <= 3; customer++) {
            shop.joins(customer);
            shop.isOrdinary(customer);
        }
        known(1, 2, 3);
        shop.becomesVip(1);
        shop.becomesVip(2);
        shop.withdraws(2, Channel.SMS);
        eventually(() -> number("select count(*) from occasion where merchant_id = :m and kind = 'tier'") == 2);
        eventually(() -> number("select count(*) from audience where merchant_id = :m and not sms_consent") == 1);
        clock.shift(Duration.ofHours(3));

        var done = rehearse(draft(TO_VIPS, send("sms", "x"), send("inbox", "x")), "{\"past\": \"P2D\"}");

        assertThat(done.<String>path("past")).isEqualTo("P2D");
        assertThat(done.<Integer>path("result.causes")).isEqualTo(2);
        assertThat(done.<Integer>path("result.reachable")).isEqualTo(2);
        assertThat(done.<List<Integer>>path("result.steps.goes")).containsExactly(1, 2);
        assertThat(done.<String>path("result.steps[0].stopped[0].guardrail")).isEqualTo("consent");
        assertThat(done.<List<Integer>>path("result.days.inbox").stream()
                        .mapToInt(n -> n)
                        .sum())
                .isEqualTo(2);
        assertThat(done.<List<Map<String, String>>>path("result.notReplayed"))
                .anySatisfy(gap -> assertThat(gap.get("what")).startsWith("before "));
        assertThat(number("select count(*) from enrolment where merchant_id = :m"))
                .isZero();
        assertThat(number("select count(*) from message where merchant_id = :m"))
                .isZero();
        var broadcast = rehearse(draft("{\"type\": \"broadcast\"}", send("sms", "x")), "{\"past\": \"P2D\"}");
        assertThat(broadcast.<String>path("result.notReplayed[0].what")).isEqualTo("broadcast");

        TestTopics.publish(shop.customer(1, 9, null, Map.of(), true));

        eventually(() -> number("select count(*) from occasion where merchant_id = :m and customer_id = 1")
                        + number("select count(*) from rehearsal_sample where merchant_id = :m and customer_id = 1")
                == 0);
    }

    /// A cap holds by what really went then, and by what the replay sends itself.
    @Test
    void replaysCapsAndCartsThatWereOrdered() {
        put("/v1/guardrails", "{\"caps\": [{\"channel\": \"all\", \"max\": 1, \"per\": \"P7D\"}]}");
        for (long customer = 1; customer <= 3; customer++) {
            shop.joins(customer);
        }
        known(1, 2, 3);
        TestTopics.publish(cart(1, 101, "a"));
        TestTopics.publish(cart(1, 102, "b"));
        TestTopics.publish(cart(2, 103, "c"));
        TestTopics.publish(shop.order(2, 21, 1));
        eventually(() -> number("select count(*) from occasion where merchant_id = :m and kind like 'did:%'") == 3
                && number("select count(*) from order_state where merchant_id = :m") == 1);
        clock.shift(Duration.ofHours(4));

        var done = rehearse(
                draft("{\"type\": \"cart-abandoned\", \"after\": \"PT1H\"}", send("inbox", "x")),
                "{\"past\": \"P1D\"}");

        assertThat(done.<Integer>path("result.causes")).isEqualTo(3);
        assertThat(done.<Integer>path("result.steps[0].goes")).isEqualTo(1);
        assertThat(done.<String>path("result.steps[0].held[0].guardrail")).isEqualTo("cap");
        assertThat(excluded(done)).containsEntry("cause", 1);
        assertThat(done.<String>path("result.notReplayed[0].what")).startsWith("before ");
    }

    @Test
    void isAJobThatCanBeWatchedCancelledAndTakenOverAndIsNobodyElses() {
        fill(2);
        String draft = draft("{\"type\": \"broadcast\"}", send("inbox", "x"));
        var done = rehearse(draft, "{}");
        String id = done.path("id");
        as(Roles.OWNER).delete("/v1/rehearsals/" + id).then().statusCode(409).body("detail", containsString("done"));
        int other = shop.merchant() + 500_000;
        as(other, Roles.OWNER).get("/v1/rehearsals/" + id).then().statusCode(404);
        as(other, Roles.OWNER).delete("/v1/rehearsals/" + id).then().statusCode(404);
        as(other, Roles.OWNER)
                .body("{}")
                .post("/v1/campaigns/{k}/rehearsals", draft)
                .then()
                .statusCode(404);
        as(Roles.SUPPORT)
                .body("{}")
                .post("/v1/campaigns/{k}/rehearsals", draft)
                .then()
                .statusCode(403);
        post("/v1/campaigns/{k}/rehearsals", "{\"past\": \"P91D\", \"psat\": 1}", draft)
                .statusCode(422)
                .body("violations.field", hasSize(2));

        // in the hands of a worker that is gone, until its lease ends
        String left = post("/v1/campaigns/{k}/rehearsals", "{}", draft)
                .statusCode(202)
                .extract()
                .path("id");
        eventually(() -> "done".equals(get("/v1/rehearsals/" + left).extract().path("state")));
        lost(left, "1 minute");
        as(Roles.OWNER).delete("/v1/rehearsals/" + left).then().statusCode(200).body("state", is("running"));
        lease(left, "-1 minute");
        eventually(
                () -> "cancelled".equals(get("/v1/rehearsals/" + left).extract().path("state")));
        lost(id, "-1 minute");
        eventually(() -> "done".equals(get("/v1/rehearsals/" + id).extract().path("state")));
        get("/v1/campaigns/{k}/rehearsals", draft).body("items", hasSize(2)).body("items[0].result", nullValue());
    }

    @Test
    void playbooksTellWhatTheyNeedAndWhatTheyWouldDoToday() {
        fill(3);
        put("/v1/guardrails", "{\"caps\": []}").statusCode(200);
        jdbi.useHandle(handle -> handle.execute(
                "update audience set birthday = ?::date where merchant_id = ? and customer_id <= 2",
                "1990-"
                        + clock.withZone(ZoneId.of("Asia/Shanghai"))
                                .instant()
                                .atZone(ZoneId.of("Asia/Shanghai"))
                                .toLocalDate()
                                .toString()
                                .substring(5),
                shop.merchant()));

        get("/v1/playbooks/birthday")
                .statusCode(200)
                .body("needs.missing", is(List.of("no customer can be reached by email")))
                .body("needs.channels.find { it.channel == 'sms' }.reachable", is(3))
                .body("today.customers", is(2))
                .body("today.reachable", is(2))
                .body("today.exact", is(true))
                .body("today.week.causes", notNullValue());
        get("/v1/playbooks/cart")
                .body("needs.missing[0]", is("the shop has told no carts"))
                .body("today.customers", is(0));
        get("/v1/playbooks").body("items[0].today", nullValue()).body("items[0].needs", notNullValue());
        get("/v1/playbooks?today=true").body("items.findAll { it.today == null }", hasSize(0));
        get("/v1/playbooks/nothing").statusCode(404);
        assertThat(number("select count(*) from campaign where merchant_id = :m"))
                .isZero();
        assertThat(number("select count(*) from coupon where merchant_id = :m")).isZero();
    }

    @Test
    void showsSamplesInTheLanguageThatCustomersWouldGet() {
        fill(1);
        change("language = 'en'", 1, 1);
        String draft = draft("{\"type\": \"broadcast\"}", """
                {"type": "send", "channel": "inbox",
                 "template": {"text": "你好", "translations": {"en": {"text": "Hello"}}}}""");

        var done = rehearse(draft, "{}");

        assertThat(done.<String>path("samples[0].text")).isEqualTo("Hello");
    }

    private ExtractableResponse<Response> rehearse(String campaign, String body) {
        var asked = post("/v1/campaigns/{k}/rehearsals", body, campaign)
                .statusCode(202)
                .body("state", is("queued"))
                .extract();
        String id = asked.path("id");
        assertThat(asked.header("Location"))
                .satisfies(where -> assertThat(where).endsWith("v1/rehearsals/" + id));
        eventually(() -> {
            String state = get("/v1/rehearsals/" + id).extract().path("state");
            assertThat(state).isNotEqualTo("failed");
            return "done".equals(state);
        });
        return get("/v1/rehearsals/" + id)
                .statusCode(200)
                .body("id", endsWith(id))
                .extract();
    }

    private static Map<String, Integer> excluded(ExtractableResponse<Response> done) {
        List<Map<String, Object>> excluded = done.path("result.excluded");
        return excluded.stream()
                .collect(Collectors.toMap(
                        one -> (String) one.get("guardrail"), one -> (Integer) one.get("customers"), Integer::sum));
    }

    private String draft(String trigger, String... steps) {
        return post("/v1/campaigns", """
                        {"name": "test", "trigger": %s, "steps": [%s]}""".formatted(trigger, String.join(",", steps)))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void change(String what, int first, int last) {
        jdbi.useHandle(handle -> handle.execute(
                "update audience set " + what + " where merchant_id = ? and customer_id between ? and ?",
                shop.merchant(),
                first,
                last));
    }

    private void lost(String rehearsal, String leaseEnds) {
        jdbi.useHandle(handle -> handle.execute(
                "update rehearsal set state = 'running', result = null, finished_at = null, claim = 'gone', attempts = 1"
                        + " where merchant_id = ? and id = ?",
                shop.merchant(),
                Long.parseLong(rehearsal.substring(4), 36)));
        lease(rehearsal, leaseEnds);
    }

    private void lease(String rehearsal, String ends) {
        jdbi.useHandle(handle -> handle.execute(
                "update rehearsal set lease_until = clock_timestamp() + ?::interval where merchant_id = ? and id = ?",
                ends,
                shop.merchant(),
                Long.parseLong(rehearsal.substring(4), 36)));
    }

    private InteractionRecorded cart(long customer, long id, String cart) {
        Instant now = clock.instant();
        return new InteractionRecorded(
                shop.merchant(),
                customer,
                id,
                "i" + id,
                "cart_abandoned",
                now,
                null,
                cart,
                Map.of("cart", cart, "products", "WIPES-80"),
                false);
    }
}
