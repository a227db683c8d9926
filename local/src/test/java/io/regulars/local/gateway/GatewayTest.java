package io.regulars.local.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpServer;
import io.regulars.embedded.MailSandbox;
import io.regulars.embedded.Ports;
import io.regulars.embedded.SmsSandbox;
import io.regulars.local.unit.FreePorts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayTest {

    private final io.regulars.local.home.PortPlan ports = FreePorts.plan();
    private final MailSandbox mail = MailSandbox.start(Ports.free(), Clock.systemUTC());
    private final SmsSandbox sms = SmsSandbox.start(0, "secret", Clock.systemUTC());
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private Gateway gateway;
    private HttpServer customer;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway(ports, mail, sms);
        customer =
                HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), ports.http("customer")), 0);
        customer.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        customer.createContext("/api/customer/echo", exchange -> {
            try (exchange) {
                var headers = exchange.getRequestHeaders();
                var said = String.join(
                        "|",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        headers.getFirst("X-Forwarded-Host"),
                        headers.getFirst("X-Forwarded-Proto"),
                        headers.getFirst("X-Asked"),
                        Integer.toString(exchange.getRequestBody().readAllBytes().length));
                exchange.getResponseHeaders().set("X-Answered", "yes");
                var bytes = said.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(201, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        customer.createContext("/api/customer/stream", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                for (var event = take(); !event.isEmpty(); event = take()) {
                    exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                }
            }
        });
        customer.start();
    }

    @AfterEach
    void stop() {
        client.close();
        customer.stop(0);
        gateway.close();
        sms.close();
        mail.close();
    }

    @Test
    void passesRequestsOnAndSaysWhereTheyCameFrom() throws Exception {
        var body = "x".repeat(300_000);
        var request = HttpRequest.newBuilder(address("/api/customer/echo?a=%E4%BD%A0&b=1"))
                .header("X-Asked", "this")
                .POST(BodyPublishers.ofString(body))
                .build();

        var response = client.send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("X-Answered")).contains("yes");
        assertThat(response.body())
                .isEqualTo(
                        "POST|/api/customer/echo?a=%E4%BD%A0&b=1|localhost:" + ports.gateway() + "|http|this|300000");
    }

    @Test
    void handsOnEventsAsTheyCome() throws Exception {
        events.add("data: one\n\n");
        var request = HttpRequest.newBuilder(address("/api/customer/stream")).build();

        try (InputStream stream =
                client.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(read(stream, 11)).isEqualTo("data: one\n\n");
            events.add("data: two\n\n");
            assertThat(read(stream, 11)).isEqualTo("data: two\n\n");
            events.add("");
            assertThat(stream.readAllBytes()).isEmpty();
        }
    }

    @Test
    void saysWhichServiceIsAway() throws Exception {
        var response = client.send(
                HttpRequest.newBuilder(address("/api/scoring/v1/scores")).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("scoring-service");
    }

    @Test
    void showsTheFrontPageAndTheSandboxes() throws Exception {
        assertThat(get("/")).contains("/api/campaign/docs", "/sandbox/sms");
        assertThat(get("/sandbox/mail")).contains("0 e-mails");
        assertThat(get("/sandbox/sms.json")).isEqualTo("{\"items\":[],\"total\":0}");
    }

    private String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + ports.gateway() + path);
    }

    private static String read(InputStream stream, int length) throws IOException {
        return new String(stream.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String take() {
        try {
            return events.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
