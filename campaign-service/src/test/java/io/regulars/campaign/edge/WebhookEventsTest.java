package io.regulars.campaign.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
import io.regulars.embedded.TestTopics;
import io.regulars.events.Channel;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

/// What the systems of a shop are told of, and how.
@QuarkusTest
class WebhookEventsTest extends ServiceEdge {

    private record Received(String id, String timestamp, List<String> signatures, String body) {

        String type() {
            return body.replaceFirst(".*\"type\":\"([a-z.]+)\".*", "$1");
        }
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int answers = 200;
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
    void tellOfWhatHappensToCustomersOnce() throws GeneralSecurityException {
        String secret = post(
                        "/v1/webhooks", body("tier.changed", "message.sent", "message.skipped", "consent.withdrawn"))
                .statusCode(201)
                .extract()
                .path("secret");
        shop.joins(1);
        shop.isOrdinary(1);
        known(1);

        shop.becomesVip(1);
        TestTopics.publish(shop.vip(1));
        activate("{\"type\": \"broadcast\"}", send("inbox", "您好"));
        eventually(() -> types().contains("tier.changed") && types().contains("message.sent"));
        shop.withdraws(1, Channel.INBOX);
        eventually(() -> types().contains("consent.withdrawn"));
        activate("{\"type\": \"broadcast\"}", send("inbox", "再见"));
        eventually(() -> types().contains("message.skipped"));

        stays(() -> types().stream()
                .sorted()
                .toList()
                .equals(List.of("consent.withdrawn", "message.sent", "message.skipped", "tier.changed")));
        for (Received one : received) {
            assertThat(one.signatures()).containsExactly(signature(secret, one));
            assertThat(one.body()).contains("\"customerId\":\"cus_1\"").doesNotContain("张小雨", "u1@");
        }
        assertThat(bodyOf("tier.changed")).contains("\"from\":\"ordinary\"", "\"to\":\"vip\"");
        assertThat(bodyOf("message.skipped")).contains("\"channel\":\"inbox\"", "\"reason\":\"");
    }

    @Test
    void tellOfCouponsAndOfACampaignThatStoppedItself() {
        post("/v1/webhooks", body("coupon.issued", "coupon.redeemed", "campaign.paused"))
                .statusCode(201);
        String coupon = post("/v1/coupons", """
                        {"name": "减", "kind": "amount", "amountOff": {"amount": "10.00", "currency": "CNY"}}""").statusCode(201).extract().path("id");
        shop.joins(1);
        shop.joins(2);
        known(1, 2);

        String code = post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u1\"}", coupon)
                .statusCode(201)
                .extract()
                .path("code");
        post("/v1/coupon-codes/{code}/redeem", "{\"orderId\": \"T1\"}", code).statusCode(200);
        put("/v1/guardrails", "{\"breaker\": {\"factor\": 1, \"floor\": 1}}").statusCode(200);
        activateAs("""
                {"name": "n", "trigger": {"type": "broadcast"}, "expectedAudience": 1, "steps": [%s]}""".formatted(send("inbox", "t")));

        eventually(() -> types().stream()
                .sorted()
                .toList()
                .equals(List.of("campaign.paused", "coupon.issued", "coupon.redeemed")));
        assertThat(bodyOf("coupon.redeemed")).contains("\"code\":\"" + code + "\"", "\"orderId\":\"T1\"", coupon);
        assertThat(bodyOf("campaign.paused")).contains("\"expected\":1", "\"found\":2");
    }

    @Test
    void signByBothSecretsWhileOneIsChanged() throws GeneralSecurityException {
        var made = post("/v1/webhooks", body()).statusCode(201).extract();
        String webhook = made.path("id");
        String first = made.path("secret");

        String second = post("/v1/webhooks/{w}/secret", "{\"overlap\": \"PT1H\"}", webhook)
                .statusCode(200)
                .body("secretBeforeUntil", startsWith("20"))
                .extract()
                .path("secret");

        test(webhook);
        eventually(() -> received.size() == 1);
        assertThat(received.getFirst().signatures())
                .containsExactly(signature(second, received.getFirst()), signature(first, received.getFirst()));
        post("/v1/webhooks/{w}/secret", "{\"overlap\": \"P31D\"}", webhook)
                .statusCode(422)
                .body("violations[0].field", is("overlap"));
        clock.shiftTo(clock.instant().plusSeconds(3_700));
        test(webhook);
        eventually(() -> received.size() == 2);
        assertThat(received.getLast().signatures()).containsExactly(signature(second, received.getLast()));
    }

    @Test
    void keepALogAndDeliverOnceMoreByHand() {
        answers = 500;
        String webhook = webhook();
        String delivery = test(webhook);
        eventually(() -> "failed".equals(stateOf(webhook)));
        get("/v1/webhooks/{w}/deliveries", webhook)
                .body("items[0].event", is("webhook.test"))
                .body("items[0].tries.status", is(List.of(500, 500, 500)))
                .body("items[0].tries[0].answer", is("no luck today"))
                .body("items[0].customerId", nullValue());
        get("/v1/webhooks/{w}", webhook).body("state", is("failing"));

        answers = 200;
        post("/v1/webhooks/{w}/deliveries/{d}/redeliver", "", webhook, delivery)
                .statusCode(202)
                .body("state", is("waiting"));

        eventually(() -> "delivered".equals(stateOf(webhook)));
        assertThat(received)
                .hasSize(4)
                .extracting(Received::id)
                .containsOnly(received.getFirst().id());
        get("/v1/webhooks/{w}", webhook).body("state", is("enabled")).body("failingSince", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone", "failing for days"})
    void areDisabledWithTheReason(String why) {
        String webhook = webhook("tier.changed");
        answers = why.equals("gone") ? 410 : 500;
        jdbi.useHandle(handle -> handle.execute(
                "update webhook set failing_since = ? where merchant_id = ?",
                why.equals("gone") ? null : clock.instant().minusSeconds(6 * 86_400),
                shop.merchant()));

        test(webhook);

        eventually(() ->
                "disabled".equals(get("/v1/webhooks/{w}", webhook).extract().path("state")));
        get("/v1/webhooks/{w}", webhook)
                .body(
                        "disabledReason",
                        why.equals("gone") ? is("it answered 410 Gone") : containsString("; the last: HTTP 500"));
        post("/v1/webhooks/{w}/test", "", webhook).statusCode(409).body("detail", containsString("disabled"));
        post("/v1/webhooks/{w}/enable", "", webhook).statusCode(200).body("state", is("enabled"));
        answers = 200;
        int before = received.size();
        test(webhook);
        eventually(() -> received.size() > before);
    }

    @Test
    void ofOneThatHangsDelayNoOther() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String hanging = post("/v1/webhooks", """
                            {"url": "http://127.0.0.1:%d/", "events": ["coupon.issued"]}""".formatted(silent.getLocalPort()))
                    .extract()
                    .path("id");
            for (int i = 0; i < 20; i++) {
                test(hanging);
            }
            eventually(() -> attempts(hanging) > 0);

            String webhook = webhook();
            test(webhook);

            eventually(() -> "delivered".equals(stateOf(webhook)));
            get("/v1/webhooks/{w}/deliveries?state=waiting", hanging).body("items", hasSize(20));
            as(Roles.OWNER).delete("/v1/webhooks/" + hanging).then().statusCode(204);
        }
    }

    /// Tests allow 30.
    @Test
    void queueNoMoreThanThereMayBeAndSayWhatWasDropped() {
        String webhook = webhook("coupon.issued");
        jdbi.useHandle(
                handle -> handle.createUpdate("""
                        insert into outgoing_webhook (merchant_id, webhook_id, message_id, event, body, due_at, created_at)
                        select merchant_id, id, 'm' || i, 'coupon.issued', '{}', '2090-01-01', now()
                        from webhook, generate_series(1, 30) i where merchant_id = :m""").bind("m", shop.merchant()).execute());
        String coupon = post("/v1/coupons", """
                        {"name": "减", "kind": "amount", "amountOff": {"amount": "10.00", "currency": "CNY"}}""").extract().path("id");
        shop.joins(1);
        known(1);

        post("/v1/coupons/{c}/codes", "{\"customerId\": \"ext:u1\"}", coupon).statusCode(201);

        eventually(() -> get("/v1/webhooks/{w}", webhook).extract().<Integer>path("dropped") == 1);
        assertThat(number("select count(*) from outgoing_webhook where merchant_id = :m"))
                .isEqualTo(30);
    }

    /// A call that cannot even be made was a try like any other.
    @Test
    void endWhateverGoesWrong() {
        String webhook = webhook();
        jdbi.useHandle(handle ->
                handle.execute("update webhook set secret = 'whsec_!!!' where merchant_id = ?", shop.merchant()));

        test(webhook);

        eventually(() -> "failed".equals(stateOf(webhook)));
        get("/v1/webhooks/{w}/deliveries", webhook)
                .body("items[0].attempts", is(3))
                .body("items[0].tries.error[0]", is("could not be made: IllegalArgumentException"));
        assertThat(received).isEmpty();
    }

    @Test
    void areDefinedByTheirMerchantAlone() {
        String webhook = webhook("tier.changed");
        String delivery = test(webhook);
        int other = shop.merchant() + 500_000;

        for (String path :
                List.of("/test", "/enable", "/disable", "/secret", "/deliveries/" + delivery + "/redeliver")) {
            as(other, Roles.OWNER).post("/v1/webhooks/" + webhook + path).then().statusCode(404);
            as(Roles.ANALYST).post("/v1/webhooks/" + webhook + path).then().statusCode(403);
        }
        as(other, Roles.OWNER)
                .body(body("tier.changed"))
                .put("/v1/webhooks/" + webhook)
                .then()
                .statusCode(404);
        String second = webhook();
        post("/v1/webhooks/{w}/deliveries/{d}/redeliver", "", second, delivery).statusCode(404);
    }

    @Test
    void canBeChangedByWhoeverReadThemLast() {
        String webhook = webhook("tier.changed");

        as(Roles.OWNER)
                .header("If-Match", "\"1\"")
                .body(body("stage.changed", "coupon.issued"))
                .put("/v1/webhooks/" + webhook)
                .then()
                .statusCode(200)
                .body("events", is(List.of("coupon.issued", "stage.changed")));
        as(Roles.OWNER)
                .header("If-Match", "\"1\"")
                .body(body())
                .put("/v1/webhooks/" + webhook)
                .then()
                .statusCode(412);
        put("/v1/webhooks/" + webhook, body("tier.chnaged", "webhook.test"))
                .statusCode(422)
                .body("violations.field", is(List.of("events[0]", "events[1]")));
        get("/v1/webhook-event-types").body("items.type", hasItems("tier.changed", "message.skipped", "webhook.test"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        received.add(new Received(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                List.of(headers.getFirst("webhook-signature").split(" ")),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        byte[] body = "no luck\ntoday".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answers, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String signature(String secret, Received one) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        var signed = one.id() + "." + one.timestamp() + "." + one.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> types() {
        return received.stream().map(Received::type).toList();
    }

    private String bodyOf(String type) {
        return received.stream()
                .filter(one -> one.type().equals(type))
                .findFirst()
                .orElseThrow()
                .body();
    }

    private String body(String... events) {
        String list = events.length == 0 ? "" : "\"" + String.join("\", \"", events) + "\"";
        return """
                {"url": "http://127.0.0.1:%d/hook", "events": [%s]}""".formatted(server.getAddress().getPort(), list);
    }

    private String webhook(String... events) {
        return post("/v1/webhooks", body(events)).statusCode(201).extract().path("id");
    }

    /// The delivery of a test.
    private String test(String webhook) {
        return post("/v1/webhooks/{w}/test", "", webhook)
                .statusCode(202)
                .extract()
                .path("id");
    }

    private String stateOf(String webhook) {
        return get("/v1/webhooks/{w}/deliveries", webhook).extract().path("items[0].state");
    }

    private int attempts(String webhook) {
        return get("/v1/webhooks/{w}/deliveries", webhook).extract().<List<Integer>>path("items.attempts").stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
