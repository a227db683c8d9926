package io.regulars.campaign.edge;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

@QuarkusTest
class EventsTest extends ServiceEdge {

    private static final String TRIAL = """
            {"type": "event", "name": "trial-booked", "where": {"city": "杭州", "seats": {"ge": 2}}}""";

    @Test
    void beginsOnceWithAnEventHoweverOftenItIsTold() {
        activate(TRIAL, send("inbox", "{event.seats ?: '?'}位，{event.city ?: '?'}"));
        shop.joins(1);
        known(1);
        String event = event("b-1", "ext:u1", "杭州", 2);

        post("/v1/events", event).statusCode(201).body("status", is("created"));
        post("/v1/events", event).statusCode(200).body("status", is("unchanged"));
        post("/v1/events", event("b-2", "ext:u1", "上海", 2)).statusCode(201);
        post("/v1/events", event("b-3", "ext:u1", "杭州", 1)).statusCode(201);

        eventually(() -> allAre(1, 1, "sent"));
        stays(() -> messages(1).size() == 1);
        get("/v1/inbox/ext:u1/messages").body("items[0].text", is("2位，杭州"));
    }

    @Test
    void beginsWithNothingFromBeforeTheCampaign() {
        shop.joins(1);
        known(1);
        clock.shift(Duration.ofHours(1));
        activate(TRIAL, send("inbox", "x"));
        String old = event("b-1", "ext:u1", "杭州", 2)
                .replace("{\"id\"", "{\"occurredAt\": \"" + clock.instant().minusSeconds(60) + "\", \"id\"");

        post("/v1/events", old).statusCode(201);

        stays(() -> messages(1).isEmpty());
    }

    @Test
    void answersForEachEventOfABatch() {
        activate(TRIAL, send("inbox", "x"));
        shop.joins(1);
        shop.joins(2);
        known(1, 2);

        post(
                        "/v1/events/batch",
                        "{\"items\": [%s, %s, %s, {\"id\": \"b-4\"}, %s]}"
                                .formatted(
                                        event("b-1", "ext:u1", "杭州", 2),
                                        event("b-2", "ext:u2", "杭州", 3),
                                        event("b-1", "ext:u1", "杭州", 2),
                                        event("b-5", "ext:nobody", "杭州", 2)))
                .statusCode(200)
                .body("items.status", contains("created", "created", "unchanged", "rejected", "rejected"))
                .body("items[3].violations.field", contains("name", "customer"))
                .body("items[4].violations.field", contains("customer"));
        post("/v1/events/batch", "{\"items\": []}").statusCode(422);

        eventually(() -> allAre(1, 1, "sent") && allAre(2, 1, "sent"));
    }

    @Test
    void refusesWhatIsNoEventAndOtherMerchantsCustomers() {
        shop.joins(1);
        known(1);

        post(
                        "/v1/events",
                        "{\"id\": \"b\", \"name\": \"n\", \"customer\": \"u1\", \"properties\": {\"a b\": 1}, \"x\": 1}")
                .statusCode(422)
                .body("violations.field", hasItem("customer"))
                .body("violations.field", hasItem("properties"))
                .body("violations.field", hasItem("x"));
        as(shop.merchant() + 700_000, Roles.INTEGRATION)
                .body(event("b-1", "ext:u1", "杭州", 2))
                .post("/v1/events")
                .then()
                .statusCode(422)
                .body("violations.field", contains("customer"));
        as(Roles.MARKETER)
                .body(event("b-1", "ext:u1", "杭州", 2))
                .post("/v1/events")
                .then()
                .statusCode(403);
        assertThat(eventsOf(shop.merchant())).isZero();
    }

    @Test
    void entersOnceOrAgainAfterAPauseAsTheCampaignSays() {
        activateAs("""
                {"name": "n", "trigger": %s, "steps": [%s], "reentry": "once"}""".formatted(TRIAL, send("inbox", "once")));
        activateAs("""
                {"name": "n", "trigger": %s, "steps": [%s], "reentry": {"after": "P30D"}}""".formatted(TRIAL, send("inbox", "after")));
        shop.joins(1);
        known(1);
        post("/v1/events", event("b-1", "ext:u1", "杭州", 2)).statusCode(201);
        eventually(() -> allAre(1, 2, "sent"));

        post("/v1/events", event("b-2", "ext:u1", "杭州", 2)).statusCode(201);
        stays(() -> messages(1).size() == 2);
        assertThat(refusals())
                .hasSize(2)
                .anySatisfy(reason -> assertThat(reason).startsWith("re-entry: the customer was in it at"))
                .anySatisfy(reason -> assertThat(reason).endsWith("and enters it once"));
        clock.shift(Duration.ofDays(30).plusSeconds(5));
        post("/v1/events", event("b-3", "ext:u1", "杭州", 2)).statusCode(201);

        eventually(() -> allAre(1, 3, "sent"));
        get("/v1/inbox/ext:u1/messages").body("items[0].text", is("after"));
        assertThat(refusals()).hasSize(3);
    }

    @Test
    void forgetsWhatWasToldOfAPersonWhoIsErasedAndStartsNothingWithItAgain() {
        activate(TRIAL, send("inbox", "x"));
        shop.joins(1);
        known(1);
        post("/v1/events", event("b-1", "ext:u1", "杭州", 2)).statusCode(201);
        eventually(() -> allAre(1, 1, "sent"));

        TestTopics.publish(shop.customer(1, 5, null, Map.of(), true));

        eventually(() -> told("select properties::text from shop_event where merchant_id = :m")
                .equals(List.of("{}")));
        assertThat(told("select context::text from enrolment where merchant_id = :m"))
                .containsExactly("{}");
        post("/v1/events", event("b-1", "ext:u1", "杭州", 2)).statusCode(200).body("status", is("unchanged"));
    }

    private List<String> told(String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("m", shop.merchant())
                .mapTo(String.class)
                .list());
    }

    private static String event(String id, String customer, String city, int seats) {
        return """
                {"id": "%s", "name": "trial-booked", "customer": "%s", "properties": {"city": "%s", "seats": %d}}""".formatted(id, customer, city, seats);
    }

    private List<String> refusals() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select reason from enrolment where merchant_id = :m and state = 'refused'")
                .bind("m", shop.merchant())
                .mapTo(String.class)
                .list());
    }

    private int eventsOf(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from shop_event where merchant_id = :m")
                .bind("m", merchant)
                .mapTo(Integer.class)
                .one());
    }
}
