package io.regulars.campaign.edge;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTokens;
import io.regulars.kit.merchant.Roles;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

@QuarkusTest
class RestTest extends ServiceEdge {

    private static final String DRAFT =
            "{\"name\": \"n\", \"trigger\": {\"type\": \"broadcast\"}, \"steps\": [" + send("inbox", "x") + "]}";

    @Test
    void namesEveryFaultOfACampaignAtOnce() {
        post("/v1/campaigns", """
                {"nmae": "x", "trigger": {"type": "tier-chnaged"},
                 "steps": [{"type": "send", "channel": "sms", "template": {"text": "{customer.nmae}"}}]}""")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", hasItems("name", "nmae", "trigger.type", "steps[0].template.text"))
                .body("violations.message", hasItem(containsString("unknown variable {customer.nmae}; known are")));
        get("/v1/campaigns").body("items", hasSize(0));
    }

    @Test
    void refusesWhatIsNoJson() {
        post("/v1/campaigns", "{\"name\": ").statusCode(400).contentType("application/problem+json");
        post("/v1/campaigns", "[]").statusCode(422);
        post("/v1/audiences/count", "{\"condition\": {\"feild\": \"tier\"}}").statusCode(422);
    }

    @Test
    void refusesToOverwriteWhatSomebodyElseChanged() {
        var created = post("/v1/campaigns", DRAFT).statusCode(201).extract();
        String path = "/v1/campaigns/" + created.path("id");
        as(Roles.MARKETER)
                .header("If-Match", created.header("ETag"))
                .body(DRAFT)
                .put(path)
                .then()
                .statusCode(200);

        as(Roles.MARKETER)
                .header("If-Match", created.header("ETag"))
                .body(DRAFT)
                .put(path)
                .then()
                .statusCode(412)
                .body("detail", containsString("revision 2"));
    }

    @Test
    void answersTheSameToTheSameIdempotencyKey() {
        String first = as(Roles.OWNER)
                .header("Idempotency-Key", "k1")
                .body(DRAFT)
                .post("/v1/campaigns")
                .path("id");
        String second = as(Roles.OWNER)
                .header("Idempotency-Key", "k1")
                .body(DRAFT)
                .post("/v1/campaigns")
                .path("id");

        assertThat(second).isEqualTo(first);
        get("/v1/campaigns").body("items", hasSize(1));
    }

    @Test
    void keepsMerchantsApart() {
        String campaign = activateAs(DRAFT);
        String coupon = post("/v1/coupons", "{\"name\": \"c\", \"kind\": \"free-shipping\"}")
                .extract()
                .path("id");
        shop.joins(1);
        known(1);
        String code = post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u1\"}", coupon)
                .extract()
                .path("code");
        String customer = get("/v1/decisions?customer=ext:u1").extract().path("customerId");
        String late = activate("{\"type\": \"broadcast\"}", send("inbox", "x"));
        eventually(() -> !messages(1).isEmpty());
        String message = String.valueOf(messages(1).getFirst().get("id"));

        int other = shop.merchant() + 500_000;
        for (String path : List.of(
                "/v1/campaigns/" + campaign,
                "/v1/campaigns/" + late + "/enrolments",
                "/v1/coupons/" + coupon,
                "/v1/coupon-codes/" + code,
                "/v1/messages/" + message,
                "/v1/messages/" + message + "/trace",
                "/v1/decisions?customer=" + customer,
                "/v1/inbox/" + customer + "/messages",
                "/v1/inbox/" + customer + "/unread")) {
            as(other, Roles.OWNER).get(path).then().statusCode(404);
        }
        for (String path : List.of(
                "/v1/campaigns/" + campaign + "/pause",
                "/v1/coupon-codes/" + code + "/redeem",
                "/v1/inbox/" + customer + "/messages/read")) {
            as(other, Roles.OWNER)
                    .body("{\"orderId\": \"x\"}"
                            .replace("\"orderId\": \"x\"", path.endsWith("redeem") ? "\"orderId\": \"x\"" : ""))
                    .post(path)
                    .then()
                    .statusCode(404);
        }
        as(other, Roles.OWNER).get("/v1/campaigns").then().body("items", hasSize(0));
        as(other, Roles.OWNER).get("/v1/messages").then().body("items", hasSize(0));
    }

    @Test
    void letsOnlyMarketersAndOwnersWriteCampaigns() {
        for (String role : List.of(Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION)) {
            as(role).body(DRAFT).post("/v1/campaigns").then().statusCode(403);
            as(role).get("/v1/campaigns").then().statusCode(200);
        }
        RestAssured.given().get("/v1/campaigns").then().statusCode(401);
    }

    @Test
    void countsExactlyWhomAConditionPicks() {
        shop.joins(1);
        shop.joins(2);
        shop.withdraws(2, io.regulars.events.Channel.SMS);
        shop.isOrdinary(1);
        eventually(() -> reachableBySms("{\"field\": \"region\", \"op\": \"eq\", \"value\": \"浙江\"}") == 1);

        post("/v1/audiences/count", """
                {"condition": {"all": [
                  {"any": [{"field": "city", "op": "in", "value": ["杭州", "宁波"]}, {"field": "monetary", "op": "gte", "value": "99999.99"}]},
                  {"not": {"field": "attributes.baby", "op": "eq", "value": "x"}},
                  {"field": "birthdayMonth", "op": "eq", "value": 2},
                  {"field": "tags", "op": "hasAll", "value": ["baby"]},
                  {"field": "customerSince", "op": "lt", "value": "2026-01-01"},
                  {"field": "bought", "op": "hasNot", "value": "X"},
                  {"field": "gender", "op": "ne", "value": "male"}]}}""")
                .statusCode(200)
                .body("customers", is(2))
                .body("reachable.sms", is(1))
                .body("reachable.email", is(2))
                .body("reachable.inbox", is(2));
        eventually(() -> (int) post(
                                "/v1/audiences/count",
                                "{\"condition\": {\"field\": \"monetary\", \"op\": \"between\", \"value\": [\"598.99\", \"599\"]}}")
                        .extract()
                        .path("customers")
                == 1);
        post("/v1/audiences/sample?limit=5", "{}").body("items", hasSize(2)).body("items[0].maskedName", is("张**"));
    }

    @Test
    void streamsWhatArrives() throws Exception {
        shop.joins(1);
        known(1);
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        var request = HttpRequest.newBuilder(URI.create(
                        RestAssured.baseURI + ":" + RestAssured.port + "/api/campaign/v1/inbox/ext:u1/stream"))
                .header("Authorization", "Bearer " + TestTokens.bearer(shop.merchant(), Roles.INTEGRATION))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        Thread.ofVirtual()
                .start(() -> new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))
                        .lines()
                        .forEach(lines::add));

        activate("{\"type\": \"broadcast\"}", send("inbox", "直播{customer.maskedName}"));

        eventually(() -> lines.stream().anyMatch(line -> line.startsWith("data:") && line.contains("直播张**")));
        assertThat(lines.stream().filter(line -> line.startsWith("id:"))).hasSize(1);
        get("/v1/inbox/ext:u1/unread").body("unread", is(1));
        String id = get("/v1/inbox/ext:u1/messages").extract().path("items[0].id");
        for (String replayed : new String[] {null, "true"}) {
            as(Roles.OWNER)
                    .header("Idempotency-Key", "read-once")
                    .post("/v1/inbox/ext:u1/messages/{i}/read", id)
                    .then()
                    .statusCode(200)
                    .header("Idempotent-Replayed", is(replayed))
                    .body("unread", is(0));
        }
        get("/v1/inbox/ext:u1/messages?unread=true").body("items", hasSize(0));
        response.body().close();
    }

    @Test
    void describesEveryOperationAndShowsAnExampleOfEveryBody() {
        operations().forEach((name, operation) -> {
            assertThat(operation.get("summary")).as(name).isNotNull();
            if (operation.get("requestBody") instanceof Map<?, ?> body
                    && body.get("content") instanceof Map<?, ?> content
                    && content.get("application/json") instanceof Map<?, ?> json) {
                assertThat(json.get("examples")).as(name).isNotNull();
            }
        });
    }

    @Test
    void answersNothingWithoutAToken() {
        operations().forEach((name, operation) -> {
            String[] methodAndPath = name.split(" ");
            String path = methodAndPath[1].replace("/api/campaign", "").replaceAll("\\{[^}]+}", "x");
            String type = bodyType(operation);
            RestAssured.given()
                    .config(RestAssured.config()
                            .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(type, ContentType.TEXT)))
                    .contentType(type)
                    .body("{}")
                    .request(methodAndPath[0], path)
                    .then()
                    .statusCode(401);
        });
    }

    /// As the operation is described; a body of another type is refused before anybody looks at the token.
    private static String bodyType(Map<String, Object> operation) {
        return operation.get("requestBody") instanceof Map<?, ?> body
                        && body.get("content") instanceof Map<?, ?> content
                ? String.valueOf(content.keySet().iterator().next())
                : "application/json";
    }

    private static Map<String, Map<String, Object>> operations() {
        Map<String, Map<String, Map<String, Object>>> paths = RestAssured.given()
                .accept("application/json")
                .get("/openapi")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        Map<String, Map<String, Object>> operations = new TreeMap<>();
        paths.forEach((path, methods) -> methods.forEach(
                (method, operation) -> operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation)));
        assertThat(operations).hasSizeGreaterThan(30);
        return operations;
    }

    private int reachableBySms(String condition) {
        return post("/v1/audiences/count", "{\"condition\": " + condition + "}")
                .extract()
                .path("reachable.sms");
    }
}
