package io.regulars.local.supervise;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.regulars.embedded.MailSandbox;
import io.regulars.embedded.SmsSandbox;
import io.regulars.local.gateway.Gateway;
import io.regulars.local.home.ClockOffset;
import io.regulars.local.home.Home;
import io.regulars.local.home.PortPlan;
import io.regulars.local.home.Secrets;
import io.regulars.local.unit.PostgresUnit;
import io.regulars.local.unit.Processes;

/// Regulars on this machine: PostgreSQL, Kafka and the services as processes; gateway and sandboxes here.
public final class LocalSystem implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Home home;
    private final PortPlan ports;
    private final Secrets secrets;
    private final Selection selection;
    private final Layout layout;
    private final Supervisor supervisor;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private MailSandbox mail;
    private SmsSandbox sms;

    /// @param root the project's folder, where the built services lie
    /// @param log told what the supervisor does
    public LocalSystem(Path root, Home home, PortPlan ports, Consumer<String> log) {
        this(root, home, ports, Selection.ALL, log);
    }

    public LocalSystem(Path root, Home home, PortPlan ports, Selection selection, Consumer<String> log) {
        this.home = home;
        this.ports = ports;
        this.secrets = Secrets.of(home);
        this.selection = selection;
        this.layout = new Layout(root, home, ports, selection, secrets, new Processes(home.processes()));
        this.supervisor = new Supervisor(layout.units(), log);
    }

    /// Starts everything and waits until it is healthy.
    public void start(Consumer<String> progress) throws InterruptedException {
        home.clearTemporary();
        mail = opened(MailSandbox.start(ports.smtp(), Clock.systemUTC()));
        sms = opened(SmsSandbox.start(ports.sms(), secrets.sms(), Clock.systemUTC()));
        opened(new Gateway(ports, mail, sms));
        opened(new Control(this, ports.control(), secrets.control()));
        var base = List.of("kafka", PostgresUnit.NAME);
        base.forEach(supervisor::start);
        supervisor.await(base, PATIENCE, name -> progress.accept(name + " is ready"));
        selection.services().forEach(supervisor::start);
        supervisor.await(selection.services(), PATIENCE, name -> progress.accept(name + " is healthy"));
    }

    public Supervisor supervisor() {
        return supervisor;
    }

    public PortPlan ports() {
        return ports;
    }

    public Secrets secrets() {
        return secrets;
    }

    /// What a service is told by its environment, for those who start one in their own way.
    public Map<String, String> environment(String service) {
        return layout.environment(service);
    }

    public MailSandbox mail() {
        return mail;
    }

    public SmsSandbox sms() {
        return sms;
    }

    /// Shifts the clock of all services to this far from the machine's, also of those that start later.
    public void shiftClock(Duration offset) {
        ClockOffset.save(home, offset);
        for (var unit : selection.units()) {
            shiftClock(unit, offset);
        }
    }

    /// Of one service or replica alone, until it starts anew.
    public void shiftClock(String unit, Duration offset) {
        if (supervisor.ready(unit)) {
            try (var client = HttpClient.newHttpClient()) {
                shift(client, unit, offset);
            }
        }
    }

    private void shift(HttpClient client, String service, Duration offset) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + ports.management(service) + "/clock"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"offset\":\"" + offset + "\"}"))
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(service + "-service keeps its clock: " + response.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(service + "-service does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        supervisor.close();
        for (var part : open) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the launcher did not close", e);
            }
        }
    }
}
