package io.regulars.campaign.edge;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.Sandboxes;
import io.regulars.embedded.Sms;
import io.regulars.embedded.TestTokens;
import io.regulars.kit.merchant.Roles;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

/// What stops a campaign: its size, a second person, the kill switch.
@QuarkusTest
class StopsTest extends ServiceEdge {

    private static final String TIER_UP = "{\"type\": \"tier-changed\", \"direction\": \"up\"}";

    @TestHTTPResource(management = true)
    URI management;

    /// Mautic #11092.
    @Test
    void mailsNobodyWhereTheWholeListComesInsteadOfTen() {
        put("/v1/guardrails", "{\"breaker\": {\"factor\": 2, \"floor\": 500}}");
        fill(501);
        String campaign = activateAs(broadcast("\"expectedAudience\": 10"));

        eventually(() -> "paused".equals(campaign(campaign, "state")));
        get("/v1/campaigns/{k}", campaign)
                .body("stoppedAtAudience", is(501))
                .body("notices[0].kind", is("audience-size"))
                .body("notices[0].text", containsString("expected 10 customers and would reach 501"));
        assertThat(number("select count(*) from enrolment where merchant_id = :m"))
                .isZero();
        post("/v1/campaigns/{k}/resume", "{}", campaign).statusCode(409).body("detail", containsString("confirm-size"));
        as(shop.merchant() + 500_000, Roles.OWNER)
                .post("/v1/campaigns/{k}/confirm-size", campaign)
                .then()
                .statusCode(404);
        post("/v1/campaigns/{k}/confirm-size", "{}", campaign)
                .statusCode(200)
                .body("state", is("active"))
                .body("expectedAudience", is(501));

        eventually(() -> number("select count(*) from message where merchant_id = :m and state = 'sent'") == 501);
    }

    /// Whoever is led to the end in the transaction that enrols counts like those who wait.
    @ParameterizedTest
    @ValueSource(strings = {"{\"type\": \"wait\", \"for\": \"PT1H\"}, ", ""})
    void stopsATriggerThatEnrolsMoreWithinAnHourThanWasExpected(String first) {
        put("/v1/guardrails", "{\"breaker\": {\"factor\": 1, \"floor\": 2}}");
        String campaign = activateAs("""
                {"name": "n", "trigger": %s, "expectedAudience": 1,
                 "steps": [%s%s]}""".formatted(TIER_UP, first, send("inbox", "x")));
        for (long customer = 1; customer <= 4; customer++) {
            shop.joins(customer);
            shop.isOrdinary(customer);
            shop.becomesVip(customer);
        }

        eventually(() -> "paused".equals(campaign(campaign, "state")));
        get("/v1/campaigns/{k}", campaign).body("notices[0].text", containsString("within an hour"));
    }

    @Test
    void aSecondPersonAgreesAndAnotherTextNeedsAnotherWord() {
        put("/v1/guardrails", "{\"approval\": {\"required\": true}}");
        fill(2);
        String campaign = by("ann")
                .body(broadcast("\"priority\": 1"))
                .post("/v1/campaigns")
                .path("id");
        by("ann").post("/v1/campaigns/{k}/activate", campaign).then().body("state", is("awaiting-approval"));

        by("ann").post("/v1/campaigns/{k}/approve", campaign).then().statusCode(403);
        as(shop.merchant() + 500_000, Roles.OWNER)
                .post("/v1/campaigns/{k}/approve", campaign)
                .then()
                .statusCode(404);
        by("ben")
                .body("{\"reason\": \"too dear\"}")
                .post("/v1/campaigns/{k}/reject", campaign)
                .then()
                .body("state", is("draft"))
                .body("notices[0].text", is("rejected by ben: too dear"));
        by("ann").post("/v1/campaigns/{k}/activate", campaign).then().body("state", is("awaiting-approval"));
        by("ben")
                .body(broadcast("\"priority\": 2"))
                .put("/v1/campaigns/" + campaign)
                .then()
                .body("state", is("draft"));
        by("ann").post("/v1/campaigns/{k}/activate", campaign).then().body("state", is("awaiting-approval"));
        by("ben").post("/v1/campaigns/{k}/approve", campaign).then().statusCode(403);
        assertThat(number("select count(*) from enrolment where merchant_id = :m"))
                .isZero();
        by("cat")
                .post("/v1/campaigns/{k}/approve", campaign)
                .then()
                .body("state", is("active"))
                .body("approvedBy", is("cat"));

        eventually(() -> number("select count(*) from message where merchant_id = :m and state = 'sent'") == 2);
        by("ann")
                .body(broadcast("\"priority\": 3"))
                .put("/v1/campaigns/" + campaign)
                .then()
                .body("state", is("awaiting-approval"));
    }

    @Test
    void aSmallAudienceNeedsNobody() {
        put("/v1/guardrails", "{\"approval\": {\"required\": true, \"fromAudience\": 3}}");
        fill(2);
        activateAs(broadcast("\"priority\": 0"));
        fill(3, 3);

        String campaign =
                post("/v1/campaigns", broadcast("\"priority\": 0")).extract().path("id");
        post("/v1/campaigns/{k}/activate", "{}", campaign).body("state", is("awaiting-approval"));
    }

    @Test
    void theKillSwitchStopsWithinASecondAndLosesNothing() {
        fill(4_000);
        activateAs("""
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [%s]}""".formatted(send("sms", "x")));
        eventually(() -> !Sandboxes.sms().received().isEmpty());

        post("/v1/kill-switch", "{\"on\": true}").statusCode(422);
        post("/v1/kill-switch", "{\"on\": true, \"reason\": \"wrong prices\"}")
                .statusCode(200)
                .body("on", is(true))
                .body("reason", is("wrong prices"))
                .body("by", is("test-" + shop.merchant()));
        Awaitility.await().pollDelay(java.time.Duration.ofSeconds(1)).until(() -> true);
        int atStop = received();
        assertThat(atStop).isLessThan(4_000);
        stays(() -> received() == atStop);
        as(shop.merchant() + 500_000, Roles.OWNER).get("/v1/kill-switch").then().body("on", is(false));
        post("/v1/kill-switch", "{\"on\": false}")
                .body("on", is(false))
                .body("reason", nullValue())
                .body("turns", hasSize(2));

        eventually(() -> received() == 4_000);
        stays(() -> received() == 4_000);
        Set<String> numbers = new HashSet<>();
        Sandboxes.sms().received().stream().map(Sms::to).forEach(numbers::add);
        assertThat(numbers).hasSize(4_000);
    }

    @Test
    void theOperatorStopsEverybody() {
        operator("{\"stopped\": true, \"reason\": \"the relay is on fire\"}").body("stopped", is(true));
        try {
            fill(3);
            activateAs(broadcast("\"priority\": 0"));
            eventually(() -> number("select count(*) from message where merchant_id = :m") == 3);
            stays(() -> number("select count(*) from message where merchant_id = :m and state <> 'planned'") == 0);
        } finally {
            operator("{\"stopped\": false}").body("stopped", is(false));
        }
        eventually(() -> number("select count(*) from message where merchant_id = :m and state = 'sent'") == 3);
    }

    private ValidatableResponse operator(String body) {
        return RestAssured.given()
                .contentType(ContentType.JSON)
                .body(body)
                .put(management.resolve("/sending"))
                .then()
                .statusCode(200);
    }

    private RequestSpecification by(String person) {
        return RestAssured.given()
                .auth()
                .oauth2(TestTokens.bearerOf(shop.merchant(), person, Roles.MARKETER))
                .contentType(ContentType.JSON);
    }

    private static String broadcast(String more) {
        return """
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [%s], %s}""".formatted(send("inbox", "x"), more);
    }

    private Object campaign(String id, String field) {
        return get("/v1/campaigns/{k}", id).extract().path(field);
    }

    private static int received() {
        return Sandboxes.sms().received().size();
    }
}
