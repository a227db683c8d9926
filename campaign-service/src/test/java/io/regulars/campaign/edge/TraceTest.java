package io.regulars.campaign.edge;

import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

/// One call tells everything about a message, and about a customer in a campaign.
@QuarkusTest
class TraceTest extends ServiceEdge {

    @Test
    void tellsAMessageFromItsEventToItsOrder() {
        put("/v1/guardrails", "{\"caps\": [{\"channel\": \"sms\", \"max\": 1, \"per\": \"P7D\"}]}")
                .statusCode(200);
        String coupon = post("/v1/coupons", "{\"name\": \"c\", \"kind\": \"percent\", \"percentOff\": 10}")
                .extract()
                .path("id");
        String campaign = activate(
                "{\"type\": \"event\", \"name\": \"booked\"}", """
                {"type": "issue-coupon", "coupon": "%s"}""".formatted(coupon), send("sms", "{coupon.code}"));
        shop.joins(1);
        known(1);
        tell("b-1");
        eventually(() -> allAre(1, 1, "sent"));
        String code =
                jdbi.withHandle(handle -> handle.createQuery("select code from coupon_code where merchant_id = :m")
                        .bind("m", shop.merchant())
                        .mapTo(String.class)
                        .one());
        TestTopics.publish(shop.order(1, 11, 1, code));
        eventually(() -> number("select count(*) from coupon_code where merchant_id = :m and state = 'redeemed'") == 1);
        String first = String.valueOf(messages(1).getFirst().get("id"));

        get("/v1/messages/{m}/trace", first)
                .statusCode(200)
                .body("cause.type", is("event"))
                .body("cause.eventId", is("b-1"))
                .body("cause.happened.what", hasItems("happened", "told"))
                .body("enrolment.state", is("finished"))
                .body("enrolment.campaign", startsWith(campaign))
                .body("steps.type", contains("issue-coupon", "send"))
                .body("steps.place", contains("behind", "this message"))
                .body("decisions", hasSize(1))
                .body("decisions[0].verdict", is("goes"))
                .body("decisions[0].caps[0].counted", is(0))
                .body("decisions[0].caps[0].most", is(1))
                .body("provider.name", is("gateway"))
                .body("provider.id", notNullValue())
                .body("provider.transmittedAt", notNullValue())
                .body("provider.answer", is("sent"))
                .body("coupons[0].state", is("redeemed"))
                .body("coupons[0].orderId", is("T11"))
                .body("coupons[0].code", matchesPattern(".{3}\\*\\*\\*.{3}"))
                .body("sales", hasSize(1))
                .body("sales[0].orderId", is("T11"))
                .body("sales[0].lastTouch", is(true))
                .body("trail.state", contains("planned", "claimed", "transmitting", "sent"));
        as(shop.merchant() + 500_000, Roles.OWNER)
                .get("/v1/messages/{m}/trace", first)
                .then()
                .statusCode(404);
    }

    @Test
    void tellsWhyACustomerIsLeftAloneWithTheFigures() {
        put("/v1/guardrails", "{\"caps\": [{\"channel\": \"sms\", \"max\": 1, \"per\": \"P7D\"}]}")
                .statusCode(200);
        String campaign = activate("{\"type\": \"event\", \"name\": \"booked\"}", send("sms", "x"));
        shop.joins(1);
        known(1);
        tell("b-1");
        eventually(() -> allAre(1, 1, "sent"));
        tell("b-2");
        eventually(() -> messages(1).stream().anyMatch(one -> "held".equals(one.get("state"))));

        get("/v1/decisions?customer=ext:u1&campaign=" + campaign)
                .statusCode(200)
                .body("enrolments.cause.eventId", contains("b-1", "b-2"))
                .body("traces", hasSize(2))
                .body("traces[0].decisions[-1].verdict", is("held"))
                .body("traces[0].decisions[-1].guardrail", is("cap"))
                .body("traces[0].decisions[-1].caps[0].counted", is(1))
                .body("traces[0].decisions[-1].caps[0].most", is(1))
                .body("traces[0].provider", is(not(notNullValue())));
        List<Map<String, Object>> all =
                get("/v1/decisions?customer=ext:u1").extract().path("traces");
        org.assertj.core.api.Assertions.assertThat(all).isNull();
    }

    private void tell(String id) {
        post("/v1/events", "{\"id\": \"%s\", \"name\": \"booked\", \"customer\": \"ext:u1\"}".formatted(id))
                .statusCode(201);
    }
}
