package io.regulars.local.journey;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.embedded.MailSandbox;
import io.regulars.embedded.SmsSandbox;
import io.regulars.local.api.ApiClient;
import io.regulars.local.home.Home;
import io.regulars.local.home.PortPlan;
import io.regulars.local.supervise.LocalSystem;
import io.regulars.local.supervise.Selection;
import io.regulars.local.unit.FreePorts;
import io.regulars.local.unit.Processes;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// All of Regulars as processes on free ports, started once for all journeys; its logs stay in `target/journey/logs`.
final class TheSystem implements AutoCloseable {

    /// What a killed worker held is looked at when its lease ends; a shorter one spares the tests minutes.
    private static final Selection SERVICES = Selection.ALL
            .shortLived()
            .withEnvironment(Map.of(
                    "REGULARS_MESSAGE_LEASE",
                    "PT20S",
                    "REGULARS_SMTP_TIMEOUT",
                    "PT6S",
                    "REGULARS_SMS_TIMEOUT",
                    "PT6S"));

    private static final AtomicInteger SHOPS = new AtomicInteger();

    private final PortPlan ports = FreePorts.plan();
    private final LocalSystem system;
    private boolean closed;

    private TheSystem() throws IOException, InterruptedException {
        var root = Path.of("..").toRealPath();
        for (var service : PortPlan.Services.NAMES) {
            var jar = root.resolve(service + "-service/target/quarkus-app/quarkus-run.jar");
            if (!Files.exists(jar)) {
                throw new IllegalStateException(
                        "the journeys run the packaged services; first: mvn package; missing " + jar);
            }
        }
        var home = new Home(Path.of("target/journey"));
        // What an interrupted run left.
        Processes.end(List.copyOf(new Processes(home.processes()).all().values()), Duration.ofSeconds(10));
        home.wipe();
        try (var old = Files.newDirectoryStream(home.logs())) {
            for (var log : old) {
                Files.delete(log);
            }
        }
        system = new LocalSystem(root, home, ports, SERVICES, line -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-system"));
        try {
            system.start(line -> {});
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Hands the one system to the tests that ask for it.
    static final class Started implements ParameterResolver {

        private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(TheSystem.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TheSystem.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(SPACE).computeIfAbsent("system", key -> start(), TheSystem.class);
        }

        private static TheSystem start() {
            try {
                return new TheSystem();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /// A merchant of its own for a test, without caps, quiet hours and holdout.
    TestShop newShop(String currency) {
        var number = SHOPS.incrementAndGet();
        var email = "owner" + number + "@journey.example";
        var password = "journey-password-" + number;
        var made = ApiClient.operator(ports.publicUrl(), system.secrets().operator())
                .post(
                        "/api/customer/v1/merchants",
                        Map.of(
                                "name",
                                "Journey " + number,
                                "timeZone",
                                "Asia/Shanghai",
                                "currency",
                                currency,
                                "locale",
                                "zh-CN",
                                "owner",
                                Map.of("email", email, "password", password, "name", "Owner " + number)));
        var clientId = made.path("client").path("clientId").asText();
        var clientSecret = made.path("client").path("clientSecret").asText();
        var shop = new TestShop(
                ApiClient.client(ports.publicUrl(), clientId, clientSecret),
                ApiClient.user(ports.publicUrl(), email, password),
                number,
                clientToken(clientId, clientSecret),
                token("grant_type=password&username=" + email + "&password=" + password));
        shop.liftGuardrails();
        return shop;
    }

    /// Of the operator, who has no merchant.
    String operatorToken() {
        return clientToken("operator", system.secrets().operator());
    }

    private String clientToken(String id, String secret) {
        return token("grant_type=client_credentials&client_id=" + id + "&client_secret="
                + URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }

    private String token(String form) {
        var request = HttpRequest.newBuilder(ports.publicUrl().resolve("/api/customer/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new ObjectMapper()
                    .readTree(answer.body())
                    .path("access_token")
                    .asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    LocalSystem local() {
        return system;
    }

    MailSandbox mail() {
        return system.mail();
    }

    SmsSandbox sms() {
        return system.sms();
    }

    PortPlan ports() {
        return ports;
    }

    String kafka() {
        return "localhost:" + ports.kafka();
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            system.close();
        }
    }
}
