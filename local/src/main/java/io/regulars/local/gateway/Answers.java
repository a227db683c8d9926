package io.regulars.local.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.sun.net.httpserver.HttpExchange;

/// Writes what the gateway itself answers.
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Answers() {}

    static void html(HttpExchange exchange, String page) throws IOException {
        write(exchange, 200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    static void json(HttpExchange exchange, Object value) throws IOException {
        write(exchange, 200, "application/json", JSON.writeValueAsBytes(value));
    }

    static void problem(HttpExchange exchange, int status, String title, String detail) throws IOException {
        var problem = new TreeMap<>(Map.of("type", "about:blank", "title", title, "status", status, "detail", detail));
        write(exchange, status, "application/problem+json", JSON.writeValueAsBytes(problem));
    }

    /// Whether the reader asked for JSON rather than a page.
    static boolean wantsJson(HttpExchange exchange) {
        var accept = exchange.getRequestHeaders().getFirst("Accept");
        return exchange.getRequestURI().getPath().endsWith(".json")
                || accept != null && accept.contains("application/json") && !accept.contains("text/html");
    }

    static String escape(Object value) {
        return String.valueOf(value == null ? "" : value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static void write(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
