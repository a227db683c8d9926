package io.regulars.campaign.edge;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.guardrail.GlobalHoldout;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

/// Whom a channel would reach, and why not the others.
@QuarkusTest
class ReachTest extends ServiceEdge {

    @Test
    void countsWhomAChannelWouldReachAndWhyNotTheOthers() {
        fill(1_000);
        put("/v1/guardrails", """
                {"globalHoldout": {"percent": 20}, "caps": [{"channel": "sms", "max": 1, "per": "P7D"}]}""");
        jdbi.useHandle(handle -> {
            int shopId = shop.merchant();
            handle.execute("update audience set erased = true where merchant_id = ? and customer_id <= 10", shopId);
            handle.execute(
                    "update audience set sms_consent = false where merchant_id = ? and customer_id between 11 and 50",
                    shopId);
            handle.execute(
                    "update audience set sms_consent = null where merchant_id = ? and customer_id between 51 and 120",
                    shopId);
            handle.execute(
                    "update audience set phone = null where merchant_id = ? and customer_id between 121 and 200",
                    shopId);
        });
        var holdout = new GlobalHoldout(BigDecimal.valueOf(20), "", null);
        long[] left = new long[5];
        for (int customer = 1; customer <= 1_000; customer++) {
            boolean held = holdout.holdsOut(shop.merchant(), customer, clock.instant(), ZoneOffset.UTC);
            left[customer <= 10 ? 0 : held ? 1 : customer <= 50 ? 2 : customer <= 120 ? 3 : 4]++;
        }

        var counts = post("/v1/audiences/reach", "{\"channel\": \"sms\"}")
                .statusCode(200)
                .extract();

        assertThat(counts.<Integer>path("picked")).isEqualTo(1_000);
        Map<String, Integer> excluded = counts.path("excluded");
        assertThat(excluded)
                .containsEntry("erased", 10)
                .containsEntry("global holdout", (int) left[1])
                .containsEntry("consent withdrawn", (int) left[2])
                .containsEntry("no consent", (int) left[3])
                .containsKey("no address");
        assertThat(excluded.get("no address") + counts.<Integer>path("reachable"))
                .isEqualTo((int) left[4]);
        post("/v1/audiences/reach", "{\"channel\": \"sms\", \"class\": \"transactional\"}")
                .body("excluded.'erased'", is(10))
                .body("excluded.'consent withdrawn'", is(40))
                .body("excluded.'no address'", is(80))
                .body("reachable", is(870));
        as(shop.merchant() + 500_000, Roles.OWNER)
                .body("{\"channel\": \"sms\"}")
                .post("/v1/audiences/reach")
                .then()
                .body("picked", is(0));
    }

    @Test
    void countsWhoHasReachedACapAsNotReachableNow() {
        put("/v1/guardrails", "{\"caps\": [{\"channel\": \"all\", \"max\": 1, \"per\": \"P7D\"}]}");
        fill(3);
        activateAs("""
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [%s],
                 "audience": {"field": "region", "op": "eq", "value": "r1"}}""".formatted(send("inbox", "x")));
        eventually(() -> number("select count(*) from message where merchant_id = :m and state = 'sent'") == 1);

        post("/v1/audiences/reach", "{\"channel\": \"sms\"}")
                .body("reachable", is(2))
                .body("excluded.'capped now'", is(1));
    }

    @Test
    void countsAnAddressThatIsNotWrittenToAsNotReachable() {
        fill(3);
        String phone = jdbi.withHandle(
                handle -> handle.createQuery("select phone from audience where merchant_id = :m and customer_id = 2")
                        .bind("m", shop.merchant())
                        .mapTo(String.class)
                        .one());
        post("/v1/suppressions", "{\"channel\": \"sms\", \"address\": \"" + phone + "\"}")
                .statusCode(201);

        post("/v1/audiences/reach", "{\"channel\": \"sms\"}")
                .body("reachable", is(2))
                .body("excluded.'suppressed'", is(1));
        post("/v1/audiences/reach", "{\"channel\": \"inbox\"}").body("reachable", is(3));
    }
}
