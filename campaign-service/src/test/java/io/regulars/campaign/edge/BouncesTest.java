package io.regulars.campaign.edge;

import java.util.List;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTokens;
import io.regulars.kit.merchant.Roles;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
class BouncesTest extends ServiceEdge {

    private static final String SECRET = "/hooks/bounces/t0ken-of-the-tests";
    private static final String TIER_UP = "{\"type\": \"tier-changed\", \"direction\": \"up\", \"to\": [\"vip\"]}";

    /// The Message-ID that it went out with.
    private String sent() {
        activate(TIER_UP, send("email", "您好"));
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> "sent".equals(stateOf(1)));
        return mailTo(1).getFirst().header("Message-ID");
    }

    private static String notification(String messageId, String recipient, String status) {
        return """
                To: <no-reply@regulars.example>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; %s
                Action: failed
                Status: %s
                Diagnostic-Code: smtp; 550 unknown user

                --b
                Content-Type: text/rfc822-headers

                Message-ID: %s

                --b--
                """.formatted(recipient, status, messageId);
    }

    private static RequestSpecification given() {
        return RestAssured.given()
                .config(RestAssuredConfig.config()
                        .encoderConfig(
                                EncoderConfig.encoderConfig().encodeContentTypeAs("message/rfc822", ContentType.TEXT)))
                .contentType("message/rfc822");
    }

    @Test
    void anAddressThatIsUnknownIsWrittenToNoMore() {
        String report = notification(sent(), shop.email(1), "5.1.1");

        given().body(report).post(SECRET).then().statusCode(200).body("outcome", is("hard"));
        given().body(report).post(SECRET).then().statusCode(200);

        assertThat(stateOf(1)).isEqualTo("bounced");
        assertThat(reasonOf(1)).isEqualTo("5.1.1 smtp; 550 unknown user");
        get("/v1/suppressions").body("items", hasSize(1)).body("items[0].reason", is("hard-bounce"));
        activate("{\"type\": \"broadcast\"}", send("email", "大促"));
        eventually(() -> messages(1).size() == 2);
        get("/v1/messages?customer=ext:u1&state=skipped")
                .body("items[0].reason", is("the address is suppressed: hard-bounce"));
    }

    @Test
    void aFullMailboxIsCountedAndForgiven() {
        String report = notification(sent(), shop.email(1), "5.2.2");

        for (int i = 0; i < 7; i++) {
            given().body(report).post(SECRET).then().statusCode(200).body("outcome", is("soft"));
        }

        assertThat(stateOf(1)).isEqualTo("bounced");
        get("/v1/suppressions").body("items", hasSize(0));
        jdbi.useHandle(
                handle -> handle.createUpdate("""
                        insert into soft_bounce (merchant_id, address_hash, message_id, at)
                        select merchant_id, address_hash, -i, at from soft_bounce, generate_series(1, 4) i
                        where merchant_id = :m\
                        """).bind("m", shop.merchant()).execute());
        given().body(report).post(SECRET).then().statusCode(200);
        get("/v1/suppressions").body("items[0].reason", is("soft-bounces"));
    }

    @Test
    void aReportAboutSomebodyElseOrNobodyIsCountedAndNotBelieved() {
        String id = sent();
        for (String recipient : List.of("victim@shop.example", "", "none")) {
            given().body(notification(id, recipient, "5.1.1"))
                    .post(SECRET)
                    .then()
                    .statusCode(200)
                    .body("outcome", is("ignored"));
        }

        assertThat(stateOf(1)).isEqualTo("sent");
        get("/v1/suppressions").body("items", hasSize(0));
    }

    @Test
    void anAddressThatWasPassedOnIsKnownByTheOneWrittenTo() {
        String report = notification(sent(), "elsewhere@b.example", "5.1.1")
                .replace("Action: failed", "Original-Recipient: rfc822; " + shop.email(1) + "\nAction: failed");

        given().body(report).post(SECRET).then().statusCode(200).body("outcome", is("hard"));

        assertThat(stateOf(1)).isEqualTo("bounced");
    }

    @Test
    void whoComplainsIsWrittenToNoMore() {
        given().body("""
                Content-Type: multipart/report; report-type=feedback-report; boundary="b"

                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                Version: 1

                --b
                Content-Type: message/rfc822

                Message-ID: %s

                --b--
                """.formatted(sent())).post(SECRET).then().statusCode(200).body("outcome", is("complaint"));

        get("/v1/suppressions").body("items[0].reason", is("complaint")).body("items[0].channel", is("email"));
    }

    @Test
    void believesTheSecretPathAndAMerchantAboutItsOwn() {
        String report = notification(sent(), shop.email(1), "5.1.1");
        int other = shop.merchant() + 500_000;

        given().body(report).post("/hooks/bounces/guess").then().statusCode(401);
        given().body(report).post("/v1/bounces").then().statusCode(401);
        given().auth()
                .oauth2(TestTokens.bearer(shop.merchant(), Roles.MARKETER))
                .body(report)
                .post("/v1/bounces")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(TestTokens.bearer(other, Roles.INTEGRATION))
                .body(report)
                .post("/v1/bounces")
                .then()
                .statusCode(200)
                .body("outcome", is("ignored"))
                .body("messageId", nullValue());
        assertThat(stateOf(1)).isEqualTo("sent");
        given().auth()
                .oauth2(TestTokens.bearer(shop.merchant(), Roles.INTEGRATION))
                .body(report)
                .post("/v1/bounces")
                .then()
                .statusCode(200)
                .body("outcome", is("hard"));
        assertThat(stateOf(1)).isEqualTo("bounced");
    }
}
