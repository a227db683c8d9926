package io.regulars.local.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/// Passes requests on to one service, bodies as they come in both directions.
final class Proxy implements HttpHandler {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final int BUFFER = 16 * 1024;

    /// Of this connection, not of the message; `host`, `content-length` and `expect` are the HTTP client's to write.
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "host",
            "content-length",
            "expect",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "forwarded");

    private final String service;
    private final URI target;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Proxy(String service, URI target) {
        this.service = service;
        this.target = target;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<InputStream> response;
            try {
                response = client.send(request(exchange), HttpResponse.BodyHandlers.ofInputStream());
            } catch (IOException e) {
                refuse(exchange);
                return;
            }
            try (var body = response.body()) {
                answer(exchange, response, body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) {
        var uri = exchange.getRequestURI();
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var request = HttpRequest.newBuilder(target.resolve(uri.getRawPath() + query))
                .method(exchange.getRequestMethod(), body(exchange));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        var host = exchange.getRequestHeaders().getFirst("Host");
        if (host != null) {
            request.header("X-Forwarded-Host", host);
        }
        return request.header("X-Forwarded-Proto", "http")
                .header(
                        "X-Forwarded-For",
                        exchange.getRemoteAddress().getAddress().getHostAddress())
                .build();
    }

    private static BodyPublisher body(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var length = headers.getFirst("Content-Length");
        if (length == null && headers.getFirst("Transfer-Encoding") == null || "0".equals(length)) {
            return BodyPublishers.noBody();
        }
        var stream = BodyPublishers.ofInputStream(exchange::getRequestBody);
        return length == null ? stream : BodyPublishers.fromPublisher(stream, Long.parseLong(length));
    }

    private static void answer(HttpExchange exchange, HttpResponse<InputStream> response, InputStream body)
            throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":") && !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        var length = response.headers().firstValueAsLong("content-length");
        var empty = exchange.getRequestMethod().equals("HEAD")
                || response.statusCode() == 204
                || response.statusCode() == 304
                || length.orElse(-1) == 0;
        exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : length.orElse(0));
        if (!empty) {
            copy(body, exchange);
        }
    }

    /// Hands on what there is at once: a stream of events must not wait for a full buffer.
    private static void copy(InputStream body, HttpExchange exchange) throws IOException {
        var buffer = new byte[BUFFER];
        var out = exchange.getResponseBody();
        for (var read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            out.write(buffer, 0, read);
            if (body.available() == 0) {
                out.flush();
            }
        }
    }

    private void refuse(HttpExchange exchange) throws IOException {
        Answers.problem(
                exchange,
                502,
                "Bad Gateway",
                service + "-service does not answer; it may be starting. See ./regulars status");
    }
}
