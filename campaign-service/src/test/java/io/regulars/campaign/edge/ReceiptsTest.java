package io.regulars.campaign.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.Sandboxes;
import io.regulars.kit.merchant.Roles;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

@QuarkusTest
class ReceiptsTest extends ServiceEdge {

    private static final String TIER_UP = "{\"type\": \"tier-changed\", \"direction\": \"up\", \"to\": [\"vip\"]}";

    private String sent() {
        activate(TIER_UP, send("sms", "您好"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> "sent".equals(stateOf(1)));
        return smsTo(1).getFirst().id();
    }

    @Test
    void aReceiptMovesItsMessageOnceHoweverOftenItComes() {
        String id = sent();

        for (int i = 0; i < 3; i++) {
            told("{\"receipts\": [{\"id\": \"%s\", \"status\": \"delivered\"}]}".formatted(id))
                    .statusCode(204);
        }

        assertThat(stateOf(1)).isEqualTo("delivered");
        get("/v1/messages/{m}/trace", messages(1).getFirst().get("id"))
                .body("trail.state", contains("planned", "claimed", "transmitting", "sent", "delivered"));
        assertThat(engagements("delivered")).isLessThanOrEqualTo(1);
    }

    @Test
    void ofTwoReceiptsTheLaterOneHoldsWhicheverComesFirst() {
        String id = sent();
        String receipt =
                "{\"receipts\": [{\"id\": \"%s\", \"status\": \"%s\", \"reason\": \"absent\", \"at\": \"%s\"}]}";

        told(receipt.formatted(id, "delivered", "2026-03-01T12:00:05Z")).statusCode(204);
        told(receipt.formatted(id, "failed", "2026-03-01T12:00:00Z")).statusCode(204);
        assertThat(stateOf(1)).isEqualTo("delivered");

        told(receipt.formatted(id, "failed", "2026-03-01T12:00:00Z")).statusCode(204);
        assertThat(stateOf(1)).isEqualTo("delivered");
    }

    @Test
    void aNetworkThatGaveUpMayDeliverAllTheSame() {
        String id = sent();
        String receipt =
                "{\"receipts\": [{\"id\": \"%s\", \"status\": \"%s\", \"reason\": \"absent\", \"at\": \"%s\"}]}";

        told(receipt.formatted(id, "failed", "2026-03-01T12:00:00Z")).statusCode(204);
        assertThat(stateOf(1)).isEqualTo("bounced");
        assertThat(reasonOf(1)).isEqualTo("absent");
        told(receipt.formatted(id, "delivered", "2026-03-01T12:00:05Z")).statusCode(204);

        assertThat(stateOf(1)).isEqualTo("delivered");
    }

    @Test
    void aReceiptThatComesBeforeTheResultWaitsForIt() {
        String early = "early-" + UUID.randomUUID();
        told("{\"receipts\": [{\"id\": \"%s\", \"status\": \"delivered\"}]}".formatted(early))
                .statusCode(204);
        sent();
        assertThat(stateOf(1)).isEqualTo("sent");

        jdbi.useHandle(handle -> handle.createUpdate("update handed_over set provider_id = :id where merchant_id = :m")
                .bind("id", early)
                .bind("m", shop.merchant())
                .execute());

        eventually(() -> "delivered".equals(stateOf(1)));
    }

    @Test
    void whoRepliesRGetsNoMoreSmsAtOnceAndStillGetsMail() {
        sent();

        told("{\"replies\": [{\"from\": \"%s\", \"text\": \"r。\"}]}".formatted(shop.phone(1)))
                .statusCode(204);

        get("/v1/suppressions")
                .body("items", hasSize(1))
                .body("items[0].reason", is("replied-stop"))
                .body("items[0].channel", is("sms"))
                .body("items[0].hint", not(containsString(shop.phone(1))));
        activate("{\"type\": \"broadcast\"}", send("sms", "大促"), send("email", "大促"));
        eventually(() -> mailTo(1).size() == 1);
        get("/v1/messages?customer=ext:u1&state=skipped")
                .body("items", hasSize(1))
                .body("items[0].reason", is("the address is suppressed: replied-stop"));
        assertThat(smsTo(1)).hasSize(1);
    }

    /// The gateway may have taken the first try: what remembers the second is taken away here.
    @Test
    void whoRepliesRToWhatIsUncertainIsFoundToo() {
        Sandboxes.sms().failNext(502);
        sent();
        jdbi.useHandle(
                handle -> handle.createUpdate("delete from handed_over where merchant_id = :m and provider = 'gateway'")
                        .bind("m", shop.merchant())
                        .execute());

        told("{\"replies\": [{\"from\": \"%s\", \"text\": \"退订\"}]}".formatted(shop.phone(1)))
                .statusCode(204);

        get("/v1/suppressions").body("items", hasSize(1)).body("items[0].reason", is("replied-stop"));
    }

    /// The network is faster than the gateway's answer to us.
    @Test
    void whoRepliesRToWhatIsStillOnTheWireIsFoundToo() {
        Sandboxes.sms().hang();
        activate(TIER_UP, send("sms", "您好"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> "transmitting".equals(stateOf(1)));

        told("{\"replies\": [{\"from\": \"%s\", \"text\": \"R\"}]}".formatted(shop.phone(1)))
                .statusCode(204);

        get("/v1/suppressions").body("items", hasSize(1)).body("items[0].reason", is("replied-stop"));
        Sandboxes.sms().clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"receipts\": [{\"id\": \"a\\u0000b\", \"status\": \"delivered\"}]}",
                "{\"receipts\": [{\"id\": \"LONG\", \"status\": \"delivered\"}]}",
                "{\"receipts\": [{\"id\": \"a\", \"status\": \"delivered\", \"at\": \"+999999999-12-31T00:00:00Z\"}]}",
                "{\"replies\": [{\"from\": \"\\u0000\", \"text\": \"R\"}]}"
            })
    void refusesWhatNoColumnTakes(String body) {
        told(body.replace("LONG", "x".repeat(10_000))).statusCode(400).contentType("application/problem+json");
    }

    @Test
    void aReplyThatSaysSomethingElseStopsNothing() {
        sent();

        told("{\"replies\": [{\"from\": \"%s\", \"text\": \"谢谢\"}]}".formatted(shop.phone(1)))
                .statusCode(204);

        get("/v1/suppressions").body("items", hasSize(0));
    }

    @Test
    void believesOnlyTheProvider() {
        String body = "{\"receipts\": [{\"id\": \"%s\", \"status\": \"failed\"}]}".formatted(sent());

        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/hooks/gateway")
                .then()
                .statusCode(401);
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/hooks/gateway/guess")
                .then()
                .statusCode(401);
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/hooks/nobody")
                .then()
                .statusCode(401);
        as(Roles.OWNER).body(body).post("/hooks/gateway").then().statusCode(401);
        assertThat(stateOf(1)).isEqualTo("sent");
        told("{\"receipts\": [{\"status\": \"delivered\"}]}").statusCode(400).contentType("application/problem+json");
    }

    @Test
    void aListedAddressIsWrittenToAgainWhenItIsTakenOff() {
        String body = "{\"channel\": \"sms\", \"address\": \"%s\"}".formatted(shop.phone(1));
        String id = post("/v1/suppressions", body).statusCode(201).extract().path("id");
        post("/v1/suppressions", body).statusCode(200).body("id", is(id)).body("reason", is("manual"));
        post("/v1/suppressions", "{\"channel\": \"fax\", \"adress\": \"1\"}").statusCode(422);
        post("/v1/suppressions", "{\"channel\": \"sms\", \"address\": \"13800138000\"}")
                .statusCode(422);

        int other = shop.merchant() + 500_000;
        as(other, Roles.OWNER).get("/v1/suppressions").then().body("items", hasSize(0));
        as(other, Roles.OWNER).delete("/v1/suppressions/{s}", id).then().statusCode(404);
        as(Roles.ANALYST).delete("/v1/suppressions/{s}", id).then().statusCode(403);
        as(Roles.OWNER).delete("/v1/suppressions/{s}", id).then().statusCode(204);

        get("/v1/suppressions").body("items", hasSize(0));
        sent();
    }

    /// As the gateway of the sandbox would sign it.
    private ValidatableResponse told(String body) {
        try {
            String timestamp = String.valueOf(clock.instant().getEpochSecond());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Sandboxes.sms().secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(("w1." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return RestAssured.given()
                    .contentType("application/json")
                    .header("webhook-id", "w1")
                    .header("webhook-timestamp", timestamp)
                    .header("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature))
                    .body(body.getBytes(StandardCharsets.UTF_8))
                    .post("/hooks/gateway")
                    .then();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Those that wait for the relay; it may have taken them already.
    private long engagements(String kind) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from outbox where convert_from(body, 'UTF8') like :like")
                        .bind("like", "%\"merchantId\":" + shop.merchant() + "%\"" + kind + "\"%")
                        .mapTo(Long.class)
                        .one());
    }
}
