package io.regulars.local.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.local.api.FakeApi;
import io.regulars.local.api.FakeApi.Answer;
import io.regulars.local.api.FakeApi.Request;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DemoShopTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-20T06:30:00Z"), ZoneOffset.UTC);

    @Test
    void historyComesFirstThenPlaybooksThenTheLastDays() throws Exception {
        var progress = new ArrayList<String>();
        try (var api = new FakeApi(DemoShopTest::answer)) {
            var credentials = new DemoShop(api.uri(), "operator-secret", CLOCK, 7, progress::add).fill();

            assertThat(credentials.merchantId()).isEqualTo("mer_1");
            assertThat(credentials.clientSecret()).isEqualTo("client-secret");
            assertThat(credentials.ownerPassword()).hasSizeGreaterThan(12);
            assertThat(steps(api.requests()))
                    .containsExactly(
                            "POST /api/customer/v1/merchants",
                            "POST /api/customer/v1/products/batch",
                            "POST /api/customer/v1/customers/batch",
                            "POST /api/customer/v1/orders/batch backfill",
                            "POST /api/customer/v1/interactions/batch backfill",
                            "GET /api/scoring/v1/reports/tiers",
                            "POST /api/campaign/v1/audiences/count",
                            "GET /api/campaign/v1/guardrails",
                            "PUT /api/campaign/v1/guardrails",
                            "POST /api/campaign/v1/playbooks/sleeping-wake-up/campaigns",
                            "POST /api/campaign/v1/playbooks/repurchase-reminder/campaigns",
                            "POST /api/campaign/v1/playbooks/tier-change-notice/campaigns",
                            "POST /api/customer/v1/orders/batch",
                            "POST /api/customer/v1/interactions/batch",
                            "GET /api/campaign/v1/messages/counts");
            assertThat(progress).isNotEmpty();
        }
    }

    @Test
    void quietHoursGoAndCapsStay() throws Exception {
        try (var api = new FakeApi(DemoShopTest::answer)) {
            new DemoShop(api.uri(), "operator-secret", CLOCK, 7, line -> {}).fill();

            assertThat(api.requests())
                    .filteredOn(request -> request.method().equals("PUT"))
                    .extracting(request -> request.body().toString())
                    .containsExactly(
                            "{\"caps\":[{\"channel\":\"sms\",\"max\":2,\"per\":\"P7D\"}],\"holdoutPercent\":0}");
        }
    }

    @Test
    void everyOrderEndsInTheStateItHasReached() throws Exception {
        try (var api = new FakeApi(DemoShopTest::answer)) {
            new DemoShop(api.uri(), "operator-secret", CLOCK, 7, line -> {}).fill();

            var last = new HashMap<String, JsonNode>();
            for (var order : items(api.requests(), "/api/customer/v1/orders/batch")) {
                last.put(order.path("externalId").asText(), order);
            }

            assertThat(last.values())
                    .hasSizeGreaterThan(6_000)
                    .allSatisfy(order -> assertThat(
                                    Instant.parse(order.path("updatedAt").asText()))
                            .isBeforeOrEqualTo(CLOCK.instant()));
            assertThat(last.values())
                    .extracting(order -> order.path("status").asText())
                    .contains("paid", "shipped", "delivered", "completed", "part_refunded", "refunded", "cancelled");
            assertThat(last.values())
                    .flatExtracting(order -> order.path("lines").findValues("unitPrice"))
                    .extracting(JsonNode::asText)
                    .allMatch(price -> price.matches("\\d+\\.\\d\\d"));
        }
    }

    private static List<String> steps(List<Request> requests) {
        var steps = new ArrayList<String>();
        for (var request : requests) {
            var backfill =
                    request.body() != null && request.body().path("backfill").asBoolean();
            var step = request.method() + " " + request.path() + (backfill ? " backfill" : "");
            if (steps.isEmpty() || !steps.getLast().equals(step)) {
                steps.add(step);
            }
        }
        return steps;
    }

    private static List<JsonNode> items(List<Request> requests, String path) {
        var items = new ArrayList<JsonNode>();
        requests.stream()
                .filter(request -> request.path().equals(path))
                .forEach(request -> request.body().path("items").forEach(items::add));
        return items;
    }

    private static Answer answer(Request request) {
        var answers = Map.of(
                "/api/customer/v1/merchants", """
                        {"id":"mer_1","client":{"clientId":"cli_1","clientSecret":"client-secret"}}""",
                "/api/scoring/v1/reports/tiers", """
                        {"tiers":[{"key":"new","customers":1500,"orders":4000},
                                  {"key":"ordinary","customers":500,"orders":4000}]}""",
                "/api/campaign/v1/audiences/count", """
                        {"customers":2000}""",
                "/api/campaign/v1/guardrails", """
                        {"quietHours":{"channels":["sms"],"from":"22:00","to":"08:00"},
                         "caps":[{"channel":"sms","max":2,"per":"P7D"}],"holdoutPercent":0}""",
                "/api/campaign/v1/messages/counts", """
                        {"sms":{"sent":1},"email":{"sent":1},"inbox":{"sent":1}}""");
        return Answer.ok(answers.getOrDefault(request.path(), "{}"));
    }
}
