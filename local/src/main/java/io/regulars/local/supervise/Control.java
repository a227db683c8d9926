package io.regulars.local.supervise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// Takes commands from `./regulars` while the system runs: `GET /units`, `POST
/// /units/{name}/{stop|start|restart|kill}`,
/// `PUT /clock/{duration}`. Only who can read the secret of this home is heard.
final class Control implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final LocalSystem system;
    private final String secret;

    private record Answer(int status, Object body) {}

    Control(LocalSystem system, int port, String secret) {
        this.system = system;
        this.secret = "Bearer " + secret;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the launcher cannot listen on port " + port, e);
        }
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var answer = answer(exchange);
            var bytes = JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(HttpExchange exchange) {
        var shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (shown == null
                || !MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8))) {
            return new Answer(401, Map.of("error", "show the secret of this home"));
        }
        try {
            return new Answer(
                    200,
                    run(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath().split("/")));
        } catch (NoSuchElementException | IllegalArgumentException e) {
            return new Answer(404, Map.of("error", String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return new Answer(500, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private Object run(String method, String[] path) {
        if (method.equals("GET") && path.length == 2 && path[1].equals("units")) {
            return system.supervisor().states();
        }
        if (method.equals("POST") && path.length == 4 && path[1].equals("units")) {
            command(path[2], path[3]);
            return Map.of("done", path[3] + " " + path[2]);
        }
        if (method.equals("PUT") && path.length == 3 && path[1].equals("clock")) {
            system.shiftClock(Duration.parse(path[2]));
            return Map.of("offset", path[2]);
        }
        throw new IllegalArgumentException("no such command");
    }

    private void command(String unit, String verb) {
        var supervisor = system.supervisor();
        switch (verb) {
            case "stop" -> supervisor.stop(unit);
            case "start" -> supervisor.start(unit);
            case "restart" -> supervisor.restart(unit);
            case "kill" -> supervisor.kill(unit);
            default -> throw new IllegalArgumentException("no such command: " + verb);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
