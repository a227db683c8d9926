package io.regulars.local.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// Calls the public API as one user or API client of it; safe for several threads.
///
/// Every POST carries an Idempotency-Key of its own, so that it is repeated safely where the far side was away.
public final class ApiClient {

    private static final int BATCH = 1_000;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private final URI gateway;
    private final Transport transport = new Transport();
    private final Token token;

    private ApiClient(URI gateway, Map<String, String> grant) {
        this.gateway = gateway;
        this.token = new Token(transport, gateway, grant);
    }

    /// The operator, who makes merchants.
    public static ApiClient operator(URI gateway, String secret) {
        return client(gateway, "operator", secret);
    }

    /// A merchant's API client.
    public static ApiClient client(URI gateway, String clientId, String clientSecret) {
        return new ApiClient(
                gateway,
                Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", clientSecret));
    }

    /// A merchant's user.
    public static ApiClient user(URI gateway, String email, String password) {
        return new ApiClient(gateway, Map.of("grant_type", "password", "username", email, "password", password));
    }

    /// The JSON answer of `GET path`, as `/api/customer/v1/orders?limit=10`.
    public JsonNode get(String path) {
        return send(request(path).GET());
    }

    /// The answer of `GET path` as it stands, as a CSV file.
    public String text(String path, String type) {
        return answer(request(path).setHeader("Accept", type).GET()).body();
    }

    public JsonNode post(String path, Object body) {
        return send(json(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(body(body)));
    }

    public JsonNode put(String path, Object body) {
        return send(json(path).PUT(body(body)));
    }

    /// Posts items to a `…/batch` endpoint, a thousand at a time in their order, and answers with the sums over all.
    ///
    /// @param backfill whether all of them are history that starts no campaign
    /// @param sent told after each call how many items have gone
    public BatchResult postAll(String path, List<?> items, boolean backfill, LongConsumer sent) {
        var result = BatchResult.NONE;
        for (var from = 0; from < items.size(); from += BATCH) {
            var to = Math.min(from + BATCH, items.size());
            var body = new HashMap<String, Object>(Map.of("items", items.subList(from, to)));
            if (backfill) {
                body.put("backfill", true);
            }
            result = result.plus(BatchResult.of(post(path, body)));
            sent.accept(to);
        }
        return result;
    }

    /// Uploads a file as `multipart/form-data` with fields beside it.
    public JsonNode upload(String path, Path file, Map<String, String> fields) throws IOException {
        var boundary = "regulars-" + UUID.randomUUID();
        var parts = new ArrayList<HttpRequest.BodyPublisher>();
        fields.forEach((name, value) -> parts.add(BodyPublishers.ofString(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value))));
        parts.add(BodyPublishers.ofString(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        .formatted(boundary, file.getFileName())));
        parts.add(BodyPublishers.ofFile(file));
        parts.add(BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.concat(parts.toArray(HttpRequest.BodyPublisher[]::new))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(ANSWER_WITHIN)
                .header("Accept", "application/json");
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(Object body) {
        try {
            return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + body.getClass(), e);
        }
    }

    private JsonNode send(HttpRequest.Builder builder) {
        return Answers.json(JSON, answer(builder));
    }

    private HttpResponse<String> answer(HttpRequest.Builder builder) {
        var bearer = token.value();
        var response = transport.send(authorized(builder, bearer));
        if (response.statusCode() == 401) {
            token.refused(bearer);
            response = transport.send(authorized(builder, token.value()));
        }
        if (response.statusCode() >= 400) {
            throw new ApiException(Answers.problem(builder.build(), response), response.statusCode());
        }
        return response;
    }

    private static HttpRequest authorized(HttpRequest.Builder builder, String bearer) {
        return builder.setHeader("Authorization", "Bearer " + bearer).build();
    }
}
