package io.regulars.local.api;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;

/// A bearer token, fetched when first needed and again before it expires.
///
/// Ages are measured on the machine's monotonic time: the services' clock may be shifted in a local run.
final class Token {

    private static final Duration RENEW_BEFORE = Duration.ofSeconds(30);

    private final Transport transport;
    private final URI endpoint;
    private final String form;
    private String value;
    private long renewAt;

    Token(Transport transport, URI gateway, Map<String, String> grant) {
        this.transport = transport;
        this.endpoint = gateway.resolve("/api/customer/oauth/token");
        this.form = new TreeMap<>(grant)
                .entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    synchronized String value() {
        if (value == null || System.nanoTime() - renewAt >= 0) {
            renew();
        }
        return value;
    }

    /// Forgets a token that was refused, unless another thread has renewed it meanwhile.
    synchronized void refused(String refused) {
        if (refused.equals(value)) {
            value = null;
        }
    }

    private void renew() {
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        var response = transport.send(request);
        if (response.statusCode() != 200) {
            throw new ApiException("no token: " + Answers.problem(request, response), response.statusCode());
        }
        var answer = Answers.json(new ObjectMapper(), response);
        value = answer.path("access_token").asText();
        var lives = Duration.ofSeconds(answer.path("expires_in").asLong(60));
        var half = lives.dividedBy(2);
        renewAt = System.nanoTime()
                + lives.minus(half.compareTo(RENEW_BEFORE) < 0 ? half : RENEW_BEFORE)
                        .toNanos();
    }
}
