package io.regulars.local.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// An HTTP server that answers as it is told and remembers what was asked; it hands out tokens `token-1`, `token-2` ….
public final class FakeApi implements AutoCloseable {

    /// @param body null where there was none, or none in JSON
    public record Request(String method, String path, JsonNode body, String bearer, String idempotencyKey) {}

    public record Answer(int status, String body) {
        public static Answer ok(String body) {
            return new Answer(200, body);
        }
    }

    private static final String TOKENS = "/api/customer/oauth/token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Function<Request, Answer> answers;
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private int tokens;

    public FakeApi(Function<Request, Answer> answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /// What was asked, requests for tokens left out.
    public List<Request> requests() {
        return requests.stream()
                .filter(request -> !request.path().equals(TOKENS))
                .toList();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = read(exchange);
            requests.add(request);
            var answer = request.path().equals(TOKENS) ? token() : answers.apply(request);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        var json = "application/json".equals(headers.getFirst("Content-Type"));
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                json ? JSON.readTree(body) : null,
                String.valueOf(headers.getFirst("Authorization")).replace("Bearer ", ""),
                headers.getFirst("Idempotency-Key"));
    }

    private Answer token() {
        tokens++;
        return Answer.ok(
                "{\"access_token\":\"token-%d\",\"token_type\":\"Bearer\",\"expires_in\":900}".formatted(tokens));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
