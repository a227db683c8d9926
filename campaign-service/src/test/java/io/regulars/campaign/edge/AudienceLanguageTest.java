package io.regulars.campaign.edge;

import java.util.List;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

/// Conditions as a marketer asks them: over past messages, by segments, in words.
@QuarkusTest
class AudienceLanguageTest extends ServiceEdge {

    private static final String REGION = "{\"field\": \"region\", \"op\": \"eq\", \"value\": \"r1\"}";

    @Test
    void picksByWhatWasSent() {
        fill(3);
        String campaign = activateAs("""
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [%s], "audience": %s}""".formatted(send("inbox", "x"), REGION));
        eventually(() -> number("select count(*) from message where merchant_id = :m and state = 'sent'") == 1);

        counts("{\"field\": \"messagesSent\", \"op\": \"has\", \"within\": \"P7D\"}", 1);
        counts(
                "{\"field\": \"messagesSent\", \"op\": \"has\", \"channel\": \"inbox\", \"campaign\": \"" + campaign
                        + "\"}",
                1);
        counts("{\"field\": \"messagesSent\", \"op\": \"has\", \"channel\": [\"email\", \"sms\"]}", 0);
        counts("{\"field\": \"messagesSent\", \"op\": \"hasNot\", \"within\": \"P7D\"}", 2);
        counts("{\"field\": \"messagesSent\", \"op\": \"gte\", \"value\": 2}", 0);
        counts("{\"field\": \"messagesOpened\", \"op\": \"has\"}", 0);
        String letter = get("/v1/inbox/ext:u1/messages").extract().path("items[0].id");
        post("/v1/inbox/ext:u1/messages/{i}/read", "{}", letter).statusCode(200);
        counts("{\"field\": \"messagesOpened\", \"op\": \"has\", \"channel\": \"inbox\"}", 1);
    }

    @Test
    void nobodyIsPickedByWhatHappenedNextDoor() {
        fill(2);
        jdbi.useHandle(handle -> handle.execute("""
                insert into contact (merchant_id, customer_id, message_id, kind, channel, campaign_id, at)
                values (?, 1, 1, 1, 1, 1, now()), (?, 2, 2, 1, 1, 1, now())""", shop.merchant() + 500_000, shop.merchant()));

        counts("{\"field\": \"messagesSent\", \"op\": \"has\"}", 1);
        String segment = segment("theirs", "{\"field\": \"messagesSent\", \"op\": \"has\"}");
        as(shop.merchant() + 500_000, Roles.OWNER)
                .get("/v1/segments/" + segment)
                .then()
                .statusCode(404);
        as(shop.merchant() + 500_000, Roles.OWNER)
                .body(condition("{\"field\": \"segment\", \"op\": \"has\", \"value\": \"" + segment + "\"}"))
                .post("/v1/audiences/count")
                .then()
                .statusCode(422)
                .body("violations.message", hasItems(containsString("unknown segment")));
        as(shop.merchant() + 500_000, Roles.OWNER)
                .delete("/v1/segments/" + segment)
                .then()
                .statusCode(404);
        as(shop.merchant() + 500_000, Roles.OWNER).get("/v1/segments").then().body("items", hasSize(0));
    }

    @Test
    void segmentsStandForTheirConditions() {
        fill(3);
        String first = segment("first", REGION);
        String other = segment("others", "{\"field\": \"segment\", \"op\": \"hasNot\", \"value\": \"" + first + "\"}");
        String ofOther = "{\"field\": \"segment\", \"op\": \"has\", \"value\": \"" + other + "\"}";

        counts(ofOther, 2);
        put("/v1/segments/" + first, named("first", ofOther))
                .statusCode(422)
                .body("violations.field", hasItems("/condition"))
                .body("violations.message", hasItems(containsString("refers to the segment itself")));
        put("/v1/segments/" + first, named("first", "{\"field\": \"region\", \"op\": \"known\"}"))
                .statusCode(200);
        counts(ofOther, 0);
        as(Roles.OWNER).delete("/v1/segments/" + first).then().statusCode(204);
        get("/v1/segments/" + first).statusCode(404);
        counts(ofOther, 0);
        get("/v1/segments/" + other).body("words.en", is("not in the segment first"));
        post("/v1/audiences/reach", "{\"channel\": \"sms\", \"audience\": " + ofOther + "}")
                .body("picked", is(0));
        post("/v1/campaigns", """
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [%s],
                 "audience": {"field": "segment", "op": "has", "value": "seg_zzz"}}""".formatted(send("inbox", "x")))
                .statusCode(422)
                .body("violations.field", hasItems("audience.value"));
    }

    @Test
    void samplesTheSameCustomersInOneOrder() {
        fill(5_000);
        String few = "{\"field\": \"region\", \"op\": \"in\", \"value\": [\"r7\", \"r4000\"]}";
        post("/v1/audiences/sample", condition(few)).body("items.externalId", containsInAnyOrder("u7", "u4000"));
        List<String> ten = sampled("/v1/audiences/sample?limit=10");
        List<String> most = sampled("/v1/audiences/sample?limit=1000");

        assertThat(ten).hasSize(10);
        assertThat(most).hasSize(1_000).startsWith(ten.toArray(String[]::new));
    }

    @Test
    void publishesItsLanguage() {
        get("/v1/audiences/schema")
                .statusCode(200)
                .contentType("application/schema+json")
                .body("'$schema'", is("https://json-schema.org/draft/2020-12/schema"))
                .body("'$defs'.'field-tier'.titles.zh", is("等级"));
        // a client that asks for JSON and knows of no schemas gets it as well
        as(Roles.OWNER)
                .accept("application/json")
                .get("/v1/audiences/schema")
                .then()
                .statusCode(200)
                .contentType("application/json");
        post("/v1/audiences/words", condition(REGION))
                .statusCode(200)
                .body("zh", is("地区 是 r1"))
                .body("en", is("region is r1"));
        post(
                        "/v1/audiences/count",
                        condition("{\"all\": [{\"field\": \"teir\", \"op\": \"eq\"}, {\"field\": \"tier\"}]}"))
                .statusCode(422)
                .body("violations.field", hasItems("/condition/all/0/field", "/condition/all/1/op"));
    }

    private List<String> sampled(String path) {
        return post(path, condition("{\"field\": \"region\", \"op\": \"known\"}"))
                .statusCode(200)
                .extract()
                .path("items.externalId");
    }

    private String segment(String name, String condition) {
        return post("/v1/segments", named(name, condition))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String named(String name, String condition) {
        return "{\"name\": \"" + name + "\", \"condition\": " + condition + "}";
    }

    private static String condition(String condition) {
        return "{\"condition\": " + condition + "}";
    }

    private void counts(String condition, int customers) {
        assertThat(picked(condition)).as(condition).isEqualTo(customers);
    }

    private int picked(String condition) {
        return post("/v1/audiences/count", condition(condition))
                .statusCode(200)
                .extract()
                .path("customers");
    }
}
