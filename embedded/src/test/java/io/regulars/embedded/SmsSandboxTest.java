package io.regulars.embedded;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SmsSandboxTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final String TO_LI = """
            {"to":"+8613800138000","text":"亲爱的李**","idempotencyKey":"c1-1"}""";

    private final HttpClient client = HttpClient.newHttpClient();
    private final SmsSandbox sandbox = SmsSandbox.start(0, "secret", Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void stop() {
        client.close();
        sandbox.close();
    }

    @Test
    void deliversASignedMessage() throws Exception {
        var answer = post(TO_LI, "secret", NOW);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"id\":\"sms-1\"}");
        assertThat(sandbox.receivedBy("+8613800138000")).extracting(Sms::text).containsExactly("亲爱的李**");
    }

    @Test
    void deliversAnIdempotencyKeyOnce() throws Exception {
        var first = post(TO_LI, "secret", NOW);
        var second = post(TO_LI, "secret", NOW);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(sandbox.received()).hasSize(1);
        assertThat(sandbox.total()).isEqualTo(1);
    }

    @Test
    void refusesABadSignature() throws Exception {
        assertThat(post(TO_LI, "another secret", NOW).statusCode()).isEqualTo(401);
        assertThat(sandbox.received()).isEmpty();
    }

    @Test
    void refusesWhatIsNoNumber() throws Exception {
        var answer = post("""
            {"to":"13800138000","text":"x","idempotencyKey":"c1-1"}""", "secret", NOW);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("E.164");
    }

    @Test
    void refusesWhatIsNoMessage() throws Exception {
        assertThat(post("not JSON", "secret", NOW).statusCode()).isEqualTo(400);
    }

    @Test
    void failsAsOftenAsToldAndThenDelivers() throws Exception {
        sandbox.failNext(500);
        sandbox.failNext(429);

        assertThat(post(TO_LI, "secret", NOW).statusCode()).isEqualTo(500);
        assertThat(post(TO_LI, "secret", NOW).statusCode()).isEqualTo(429);
        assertThat(post(TO_LI, "secret", NOW).statusCode()).isEqualTo(200);
        assertThat(sandbox.received()).hasSize(1);
    }

    private HttpResponse<String> post(String body, String secret, Instant at) throws IOException, InterruptedException {
        var timestamp = Long.toString(at.getEpochSecond());
        var request = HttpRequest.newBuilder(sandbox.url())
                .header("X-Regulars-Timestamp", timestamp)
                .header(
                        "X-Regulars-Signature",
                        SmsSignature.of(secret, timestamp, body.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
