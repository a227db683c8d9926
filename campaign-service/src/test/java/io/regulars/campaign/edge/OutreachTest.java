package io.regulars.campaign.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

/// What journeys ask of other systems and of the staff.
@QuarkusTest
class OutreachTest extends ServiceEdge {

    private static final String BROADCAST = "{\"type\": \"broadcast\"}";

    private record Received(String id, String timestamp, String signature, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int failures;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void callsAWebhookWithItsSignatureAndTriesAgain() throws GeneralSecurityException {
        failures = 1;
        var made = post("/v1/webhooks", "{\"url\": \"%s\"}".formatted(url()))
                .statusCode(201)
                .extract();
        String webhook = made.path("id");
        String secret = made.path("secret");
        joined(1);

        activate(BROADCAST, call(webhook));

        eventually(() -> delivered(webhook) == 1);
        assertThat(received)
                .hasSize(2)
                .extracting(Received::id)
                .containsOnly(received.getFirst().id());
        assertThat(received).allSatisfy(one -> assertThat(one.signature()).isEqualTo(signature(secret, one)));
        assertThat(received.getFirst().body())
                .contains("\"type\":\"vip.reached\"", "\"customerId\":\"cus_1\"")
                .doesNotContain("张小雨", "u1@");
        get("/v1/webhooks/{w}/deliveries", webhook)
                .body("items[0].webhookId", is(received.getFirst().id()))
                .body("items[0].attempts", is(2))
                .body("items[0].tries.status", is(List.of(500, 200)));
    }

    @Test
    void givesUpWhenEveryTryFailed() {
        failures = 100;
        String webhook = webhook();
        joined(1);

        activate(BROADCAST, call(webhook));

        eventually(() -> get("/v1/webhooks/{w}/deliveries?state=failed", webhook)
                        .extract()
                        .<List<?>>path("items")
                        .size()
                == 1);
        assertThat(received).hasSize(3);
        get("/v1/webhooks/{w}/deliveries", webhook).body("items[0].tries.error[2]", is("HTTP 500"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1/x",
                "https://169.254.169.254/latest/meta-data",
                "https://[fd00::1]/",
                "ftp://a.b/",
                "https://user:pass@example.com/"
            })
    void refusesAPrivateAddress(String url) {
        post("/v1/webhooks", "{\"url\": \"%s\"}".formatted(url)).statusCode(422).body("violations[0].field", is("url"));
    }

    @Test
    void keepsWebhooksOfMerchantsApartAndTheirSecrets() {
        String webhook = webhook();
        int other = shop.merchant() + 500_000;

        for (String path : List.of("/v1/webhooks/" + webhook, "/v1/webhooks/" + webhook + "/deliveries")) {
            as(other, Roles.OWNER).get(path).then().statusCode(404);
        }
        as(other, Roles.OWNER).delete("/v1/webhooks/" + webhook).then().statusCode(404);
        as(other, Roles.OWNER)
                .body("{\"name\": \"n\", \"trigger\": %s, \"steps\": [%s]}".formatted(BROADCAST, call(webhook)))
                .post("/v1/campaigns")
                .then()
                .statusCode(422)
                .body("violations[0].message", is("no webhook " + webhook));
        as(Roles.ANALYST).get("/v1/webhooks").then().statusCode(403);
        get("/v1/webhooks").body("items", hasSize(1)).body("items[0].secret", nullValue());
    }

    @Test
    void callsADeletedWebhookNoMore() {
        failures = 100;
        String webhook = webhook();
        joined(1);
        String campaign = activate(BROADCAST, call(webhook));
        eventually(() -> !received.isEmpty());

        as(Roles.OWNER).delete("/v1/webhooks/" + webhook).then().statusCode(204);

        get("/v1/webhooks/" + webhook).statusCode(404);
        int calls = received.size();
        stays(() -> received.size() <= calls + 1);
        get("/v1/campaigns/{k}/enrolments", campaign).body("items[0].state", is("finished"));
    }

    @Test
    void opensATaskForTheStaffAndKeepsWhatCameOfIt() {
        joined(1);
        activate(BROADCAST, """
                {"type": "callback-task", "title": "Ask how the wipes were", "within": "P2D"}""");
        eventually(() -> !get("/v1/callback-tasks?state=open")
                .extract()
                .<List<?>>path("items")
                .isEmpty());
        String task = as(Roles.SUPPORT)
                .get("/v1/callback-tasks?customer=ext:u1")
                .then()
                .body("items[0].title", is("Ask how the wipes were"))
                .body("items[0].dueAt", startsWith("20"))
                .extract()
                .path("items[0].id");
        String reached = "{\"outcome\": \"reached\", \"comment\": \"likes them\"}";

        as(shop.merchant() + 500_000, Roles.OWNER)
                .body(reached)
                .post("/v1/callback-tasks/{t}/complete", task)
                .then()
                .statusCode(404);
        post("/v1/callback-tasks/{t}/complete", "{\"outcome\": \"maybe\"}", task)
                .statusCode(422)
                .body("violations[0].message", containsString("known are reached, not-reached"));
        for (int i = 0; i < 2; i++) {
            post("/v1/callback-tasks/{t}/complete", reached, task)
                    .statusCode(200)
                    .body("state", is("done"))
                    .body("comment", is("likes them"));
        }
        post("/v1/callback-tasks/{t}/complete", "{\"outcome\": \"declined\"}", task)
                .statusCode(409)
                .body("detail", containsString("done already, with the outcome reached"));
        get("/v1/callback-tasks?state=open").body("items", hasSize(0));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        received.add(new Received(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(received.size() > failures ? 200 : 500, -1);
        exchange.close();
    }

    private static String signature(String secret, Received one) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        var signed = one.id() + "." + one.timestamp() + "." + one.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private String webhook() {
        return post("/v1/webhooks", "{\"url\": \"%s\"}".formatted(url()))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String call(String webhook) {
        return "{\"type\": \"webhook\", \"webhook\": \"%s\", \"event\": \"vip.reached\"}".formatted(webhook);
    }

    private void joined(long customer) {
        shop.joins(customer);
        known(customer);
    }

    private int delivered(String webhook) {
        return get("/v1/webhooks/{w}/deliveries?state=delivered", webhook)
                .extract()
                .<List<?>>path("items")
                .size();
    }
}
