package io.regulars.campaign.edge;

import java.time.Duration;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class PlanningTest extends ServiceEdge {

    private static final String TIER_UP = "{\"type\": \"tier-changed\", \"direction\": \"up\"}";

    @Test
    void plansAMessageOnceHoweverOftenItsStepIsGone() {
        activate(TIER_UP, send("inbox", "x"), "{\"type\": \"wait\", \"for\": \"P30D\"}");
        becomesVip();
        eventually(() -> allAre(1, 1, "sent"));

        jdbi.useHandle(handle ->
                handle.execute("update enrolment set step = 0, due_at = now() where merchant_id = ?", shop.merchant()));

        eventually(() -> enrolment("step").equals("2"));
        assertThat(messages(1)).hasSize(1);
    }

    @Test
    void anErasedPersonsJourneyEnds() {
        activate(TIER_UP, "{\"type\": \"wait\", \"for\": \"PT2H\"}", send("inbox", "x"));
        becomesVip();
        eventually(() -> enrolment("state").equals("active"));
        TestTopics.publish(shop.customer(1, 2, null, Map.of(), true));
        eventually(
                () -> jdbi.withHandle(handle -> handle.createQuery("select erased from audience where merchant_id = :m")
                        .bind("m", shop.merchant())
                        .mapTo(Boolean.class)
                        .one()));

        clock.shift(Duration.ofHours(3));

        eventually(() -> !enrolment("state").equals("active"));
        assertThat(enrolment("reason")).isEqualTo("the customer is erased");
    }

    private void becomesVip() {
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
    }

    private String enrolment(String column) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select coalesce(max(" + column + "::text), '') from enrolment where merchant_id = :m")
                .bind("m", shop.merchant())
                .mapTo(String.class)
                .one());
    }
}
