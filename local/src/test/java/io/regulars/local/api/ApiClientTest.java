package io.regulars.local.api;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.regulars.local.api.FakeApi.Answer;
import io.regulars.local.api.FakeApi.Request;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiClientTest {

    @Test
    void repeatsWithTheSameKeyWhereTheServiceIsAway() throws Exception {
        var asked = new AtomicInteger();
        try (var api = new FakeApi(request ->
                asked.incrementAndGet() < 3 ? new Answer(503, "starting") : Answer.ok("{\"id\":\"ord_1\"}"))) {
            var answer = ApiClient.client(api.uri(), "shop", "secret").post("/api/customer/v1/orders", Map.of("a", 1));

            assertThat(answer.path("id").asText()).isEqualTo("ord_1");
            assertThat(api.requests()).hasSize(3);
            assertThat(api.requests()).extracting(Request::idempotencyKey).doesNotContainNull();
            assertThat(api.requests().stream().map(Request::idempotencyKey).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void takesANewTokenWhereTheOldOneIsRefused() throws Exception {
        try (var api = new FakeApi(request ->
                request.bearer().equals("token-1") ? new Answer(401, "expired") : Answer.ok("{\"customers\":3}"))) {
            var client = ApiClient.user(api.uri(), "owner@demo.example", "secret");

            assertThat(client.get("/api/customer/v1/customers/counts")
                            .path("customers")
                            .asInt())
                    .isEqualTo(3);
            assertThat(api.requests()).extracting(Request::bearer).containsExactly("token-1", "token-2");
        }
    }

    @Test
    void saysWhatWasAskedAndWhatIsWrong() throws Exception {
        try (var api = new FakeApi(request -> new Answer(422, "{\"detail\":\"quantity must be positive\"}"))) {
            var client = ApiClient.client(api.uri(), "shop", "secret");

            assertThatThrownBy(() -> client.post("/api/customer/v1/orders", Map.of()))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("POST /api/customer/v1/orders: 422")
                    .hasMessageContaining("quantity must be positive");
            assertThat(api.requests()).hasSize(1);
        }
    }

    @Test
    void sendsAThousandAtATimeAndAddsUp() throws Exception {
        try (var api = new FakeApi(
                request -> Answer.ok("""
                {"items":[{"index":0,"status":"rejected","externalId":"o1","problem":{"status":422}}],
                 "created":%d,"updated":0,"unchanged":0,"rejected":1}""".formatted(request.body().path("items").size() - 1)))) {
            var items = IntStream.range(0, 2_300)
                    .mapToObj(i -> Map.of("externalId", "o" + i))
                    .toList();

            var result = ApiClient.client(api.uri(), "shop", "secret")
                    .postAll("/api/customer/v1/orders/batch", items, true, sent -> {});

            assertThat(result.created()).isEqualTo(2_297);
            assertThat(result.rejected()).isEqualTo(3);
            assertThat(result.problems()).hasSize(3).allMatch(problem -> problem.startsWith("o1: "));
            assertThat(api.requests())
                    .extracting(request -> request.body().path("items").size())
                    .containsExactly(1_000, 1_000, 300);
            assertThat(api.requests())
                    .allMatch(request -> request.body().path("backfill").asBoolean());
        }
    }
}
