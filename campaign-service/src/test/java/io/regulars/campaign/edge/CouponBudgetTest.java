package io.regulars.campaign.edge;

import java.time.Duration;
import java.util.List;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

/// What coupons may cost that are out.
@QuarkusTest
class CouponBudgetTest extends ServiceEdge {

    private static final String REASON = "budget: the campaign's 25.00 of coupons that are out is used up";

    @Test
    void letsCustomersWaitUntilSoMuchIsUsedOrRaised() {
        fill(5);
        String coupon = coupon("\"kind\": \"amount\", \"amountOff\": {\"amount\": \"10.00\"}");
        String campaign = activateAs(campaign(coupon, "25.00"));

        eventually(() -> codes() == 2 && waiting() == 3);
        stays(() -> codes() == 2);
        get("/v1/campaigns/{k}", campaign).body("notices.text", is(List.of(REASON)));
        get("/v1/reports/coupons")
                .body("budgets[0].campaignId", is(campaign))
                .body("budgets[0].most.amount", is("25.00"))
                .body("budgets[0].owed.amount", is("20.00"))
                .body("budgets[0].waiting", is(3));

        post("/v1/coupon-codes/{code}/redeem", "{\"orderId\": \"T1\"}", anyCode())
                .statusCode(200);
        clock.shift(Duration.ofHours(1).plusSeconds(1));
        eventually(() -> codes() == 3 && waiting() == 2);
        as(Roles.MARKETER)
                .body(campaign(coupon, "40.00"))
                .put("/v1/campaigns/{k}", campaign)
                .then()
                .statusCode(200);

        eventually(() -> codes() == 5 && waiting() == 0);
        eventually(() -> number("select count(*) from message where merchant_id = :m and state = 'sent'") == 5);
    }

    @Test
    void letsNobodyWaitLongerThanTheirMessageMay() {
        fill(2);
        String coupon = coupon("\"kind\": \"amount\", \"amountOff\": {\"amount\": \"20.00\"}");
        activateAs(campaign(coupon, "25.00"));
        eventually(() -> codes() == 1 && waiting() == 1);

        clock.shift(Duration.ofDays(7).plusHours(2));

        eventually(() -> number("select count(*) from enrolment where merchant_id = :m and state = 'exited'") == 1);
        String reason = jdbi.withHandle(
                handle -> handle.createQuery("select reason from enrolment where merchant_id = :m and state = 'exited'")
                        .bind("m", shop.merchant())
                        .mapTo(String.class)
                        .one());
        assertThat(reason).isEqualTo("too late for the coupon: " + REASON);
    }

    @Test
    void boundsTheWholeShopAndSaysWhatItCannotBound() {
        put("/v1/guardrails", "{\"budgets\": [{\"of\": \"coupons\", \"most\": \"10.00\"}]}")
                .statusCode(200)
                .body("budgets[0].of", is("coupons"))
                .body("budgets[0].most", is(10.00f));
        fill(3);
        String known = coupon("\"kind\": \"amount\", \"amountOff\": {\"amount\": \"10.00\"}");
        String unknown = coupon("\"kind\": \"percent\", \"percentOff\": 12");
        activateAs(campaign(known, null));
        eventually(() -> codes() == 1 && waiting() == 2);

        String free = activateAs(campaign(unknown, null));

        eventually(() -> codes() == 4);
        get("/v1/campaigns/{k}", free).body("notices.text", hasItem("""
                budget: what a code of coupon %s may cost is not known before one is redeemed, so that none bounds it""".formatted(unknown)));
        get("/v1/reports/coupons")
                .body("budgets[0].campaignId", nullValue())
                .body("budgets[0].owed.amount", is("10.00"))
                .body("budgets[0].waiting", is(2));
    }

    @Test
    void hasNoPeriod() {
        put("/v1/guardrails", "{\"budgets\": [{\"of\": \"coupons\", \"most\": 10, \"per\": \"month\"}]}")
                .statusCode(422)
                .body("violations.field", is(List.of("budgets[0].per")));
    }

    /// One journey takes the later coupon first: what it asks for next lies before that, and is asked for in a
    /// transaction of its own. Else two that go by different orders would wait for each other.
    @Test
    void asksForCouponsInOneOrderOverAllSteps() {
        fill(1);
        String first = coupon("\"kind\": \"percent\", \"percentOff\": 5");
        String second = coupon("\"kind\": \"percent\", \"percentOff\": 6");
        QuarkusTransaction.requiringNew().timeout(120).run(() -> {
            jdbi.useHandle(handle -> handle.execute("""
                    select from coupon where merchant_id = ? and id = (select min(id) from coupon where merchant_id = ?)
                    for no key update""", shop.merchant(), shop.merchant()));
            activateAs("""
                    {"name": "n", "trigger": {"type": "broadcast"}, "steps": [{"type": "issue-coupon", "coupon": "%s"},
                      {"type": "issue-coupon", "coupon": "%s"}, %s]}""".formatted(second, first, send("inbox", "{coupon.code}")));

            eventually(() -> codes() == 1);
        });

        eventually(() -> codes() == 2);
    }

    private static String campaign(String coupon, String most) {
        String budgets = most == null ? "" : ", \"budgets\": [{\"of\": \"coupons\", \"most\": \"%s\"}]".formatted(most);
        return """
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [{"type": "issue-coupon", "coupon": "%s"},
                  %s]%s}""".formatted(coupon, send("inbox", "{coupon.code}"), budgets);
    }

    private String coupon(String kind) {
        return post("/v1/coupons", "{\"name\": \"c\", %s, \"validFor\": \"P30D\"}".formatted(kind))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private int codes() {
        return number("select count(*) from coupon_code where merchant_id = :m");
    }

    private int waiting() {
        return number(
                "select count(*) from enrolment where merchant_id = :m and state = 'active' and reason like 'budget:%'");
    }

    private String anyCode() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select code from coupon_code where merchant_id = :m order by id limit 1")
                        .bind("m", shop.merchant())
                        .mapTo(String.class)
                        .one());
    }
}
