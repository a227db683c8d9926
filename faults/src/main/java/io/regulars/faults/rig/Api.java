package io.regulars.faults.rig;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// Calls the public API as a merchant's careful system does: the same request, with the same key, until it is answered.
/// What was answered goes into the log. Safe for several threads.
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Supplier<URI> gateway;
    private final Map<String, String> grant;
    private final String shop;
    private final OperationLog log;
    private final java.time.Clock clock;
    private volatile String token;

    /// What is asked.
    ///
    /// @param key its Idempotency-Key, or null
    /// @param whole whether the log keeps what was said and answered; of bulk it would be too much
    public record Request(
            String kind, String thing, String key, String method, String path, Object body, boolean whole) {

        public Request(String kind, String thing, String key, String method, String path, Object body) {
            this(kind, thing, key, method, path, body, true);
        }

        public static Request bulk(String kind, String thing, String key, String path, Object body) {
            return new Request(kind, thing, key, "POST", path, body, false);
        }

        public static Request post(String kind, String thing, String key, String path, Object body) {
            return new Request(kind, thing, key, "POST", path, body);
        }
    }

    /// @param clock the services'
    public Api(Supplier<URI> gateway, Map<String, String> grant, String shop, OperationLog log, java.time.Clock clock) {
        this.gateway = gateway;
        this.grant = Map.copyOf(grant);
        this.shop = shop;
        this.log = log;
        this.clock = clock;
    }

    public static Map<String, String> client(String id, String secret) {
        return Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret);
    }

    public static Map<String, String> user(String email, String password) {
        return Map.of("grant_type", "password", "username", email, "password", password);
    }

    /// Does it, and logs what was answered.
    public Operation call(Request request) {
        var number = log.next();
        var sentAt = clock.instant();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var tries = 0;
        HttpResponse<String> response;
        do {
            if (tries++ > 0) {
                Pause.of(BETWEEN_TRIES);
            }
            response = once(request);
        } while (mayPass(response) && System.nanoTime() < deadline);
        var operation = new Operation(
                number,
                request.kind(),
                shop,
                request.thing(),
                request.key(),
                request.method(),
                request.path(),
                request.whole() ? JSON.valueToTree(request.body()) : null,
                sentAt,
                clock.instant(),
                tries,
                response == null ? 0 : response.statusCode(),
                response == null ? null : read(response.body()));
        log.add(request.whole() ? operation : operation.withoutAnswer());
        return operation;
    }

    /// Does many things at once; besides the request itself each of its items is logged as if it had come alone.
    public void batch(Request request, String kind) {
        var whole = call(request);
        for (var i = 0; i < whole.body().path("items").size(); i++) {
            var item = whole.body().path("items").path(i);
            var told = whole.accepted() ? whole.answer().path("items").path(i) : null;
            var rejected = told != null && told.path("status").asText().equals("rejected");
            log.add(new Operation(
                    log.next(),
                    kind,
                    shop,
                    item.path("externalId").asText(),
                    null,
                    request.method(),
                    request.path(),
                    item,
                    whole.sentAt(),
                    whole.answeredAt(),
                    whole.tries(),
                    rejected ? 422 : whole.status(),
                    told));
        }
    }

    /// The same, of what must not be refused.
    public JsonNode done(Request request) {
        var operation = call(request);
        if (!operation.accepted()) {
            throw new IllegalStateException("%s %s was answered %d %s"
                    .formatted(request.method(), request.path(), operation.status(), operation.answer()));
        }
        return operation.answer();
    }

    public JsonNode get(String path) {
        return done(new Request("read", path, null, "GET", path, null));
    }

    private static boolean mayPass(HttpResponse<String> response) {
        return response == null || response.statusCode() >= 500 || response.statusCode() == 401;
    }

    /// Null where no answer came.
    private HttpResponse<String> once(Request request) {
        try {
            if (token == null) {
                token = newToken();
            }
            var builder = HttpRequest.newBuilder(gateway.get().resolve(request.path()))
                    .timeout(ANSWER_WITHIN)
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + token);
            if (request.key() != null) {
                builder.header("Idempotency-Key", request.key());
            }
            var body = request.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request.body()));
            var response = http.send(builder.method(request.method(), body).build(), BodyHandlers.ofString());
            if (response.statusCode() == 401) {
                token = null;
            }
            return response;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String newToken() throws IOException, InterruptedException {
        var form = grant.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(gateway.get().resolve("/api/customer/oauth/token"))
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("no token: " + response.statusCode());
        }
        return JSON.readTree(response.body()).path("access_token").asText();
    }

    private static JsonNode read(String body) {
        try {
            return body.isBlank() ? null : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(body);
        }
    }
}
