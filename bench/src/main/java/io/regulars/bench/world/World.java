package io.regulars.bench.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.bench.measure.ProcessTree;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.local.api.ApiClient;
import io.regulars.local.build.Build;
import io.regulars.local.home.Home;
import io.regulars.local.home.PortPlan;
import io.regulars.local.supervise.LocalSystem;
import io.regulars.local.supervise.Selection;
import io.regulars.local.unit.FreePorts;
import io.regulars.local.unit.PostgresUnit;
import io.regulars.local.unit.Processes;
import org.apache.kafka.common.utils.AppInfoParser;

/// PostgreSQL, Kafka and services as processes on free ports, empty at the start, stopped at the end, also by Ctrl-C.
public final class World implements AutoCloseable {

    /// What the benchmarks of this thread share.
    private static final ThreadLocal<World> SHARED = new ThreadLocal<>();

    private static final Duration STARTED_WITHIN = Duration.ofMinutes(1);

    private final LocalSystem system;
    private final Selection selection;
    private final Home home;
    private final PortPlan ports = FreePorts.plan();
    private final Thread stop = new Thread(this::stop, "stop-world");
    private boolean shared;
    private boolean stopped;

    private World(Bench bench, Home home, Selection selection) {
        this.home = home;
        this.selection = selection;
        this.system = new LocalSystem(bench.root(), home, ports, selection, bench.progress());
        Runtime.getRuntime().addShutdownHook(stop);
    }

    /// Starts what these benchmarks need, for all that run on this thread meanwhile: a start by one of them is this
    /// system then, and its end leaves it.
    public static void share(Bench bench, List<Selection> needed, Runnable benchmarks) throws InterruptedException {
        var world =
                start(bench, "shared", needed.stream().reduce(Selection::and).orElseThrow());
        world.shared = true;
        SHARED.set(world);
        try {
            benchmarks.run();
        } finally {
            SHARED.remove();
            world.shared = false;
            world.close();
        }
    }

    /// Builds what is out of date, wipes what an earlier run left, starts, and waits until all are healthy. In the
    /// short form services are compiled lightly: its figures mean little, and its JVMs have no time to warm.
    ///
    /// @param benchmark whose folder it lives in
    public static World start(Bench bench, String benchmark, Selection selection) throws InterruptedException {
        return start(bench, benchmark, selection, List.of());
    }

    /// The same on a server with settings that it takes only when it starts, as `wal_level = logical`.
    public static World start(Bench bench, String benchmark, Selection selection, List<String> settings)
            throws InterruptedException {
        if (SHARED.get() != null) {
            return SHARED.get();
        }
        var home = new Home(bench.home(benchmark));
        Processes.end(List.copyOf(new Processes(home.processes()).all().values()), Duration.ofSeconds(10));
        home.wipe();
        bringUpToDate(bench, home, selection.services(), bench.progress());
        var world = new World(bench, home, bench.pick(selection, selection.shortLived()));
        try {
            world.set(settings);
            world.system.start(bench.progress());
            return world;
        } catch (SQLException e) {
            world.close();
            throw new IllegalStateException("PostgreSQL does not take " + settings, e);
        } catch (InterruptedException | RuntimeException e) {
            world.close();
            throw e;
        }
    }

    private void set(List<String> settings) throws InterruptedException, SQLException {
        if (settings.isEmpty()) {
            return;
        }
        var server = List.of(PostgresUnit.NAME);
        system.supervisor().start(PostgresUnit.NAME);
        system.supervisor().await(server, STARTED_WITHIN, name -> {});
        for (var setting : settings) {
            new Database("postgres", ports.postgres()).run("alter system set " + setting);
        }
        system.supervisor().restart(PostgresUnit.NAME);
        system.supervisor().await(server, STARTED_WITHIN, name -> {});
    }

    /// One build at a time, where benchmarks run side by side.
    private static synchronized void bringUpToDate(
            Bench bench, Home home, List<String> services, Consumer<String> progress) throws InterruptedException {
        new Build(bench.root(), home.log("build"), Clock.systemUTC(), progress)
                .bringUpToDate(
                        services.stream().map(service -> service + "-service").toList());
    }

    public LocalSystem system() {
        return system;
    }

    public Home home() {
        return home;
    }

    public PortPlan ports() {
        return ports;
    }

    /// The service itself, not the gateway before it.
    public URI service(String name) {
        return URI.create("http://localhost:" + ports.http(name));
    }

    public Database database(String service) {
        return new Database(service, ports.postgres());
    }

    public ProcessTree process(String unit) {
        return new ProcessTree(new Processes(home.processes())
                .find(unit)
                .orElseThrow(() -> new IllegalStateException(unit + " does not run"))
                .pid());
    }

    public ProcessTree postgres() {
        return process(PostgresUnit.NAME);
    }

    public Broker broker() {
        return new Broker("localhost:" + ports.kafka());
    }

    /// A merchant of its own, made through the API; needs customer-service.
    public Merchant merchant(String name) throws SQLException {
        var made = ApiClient.operator(service("customer"), system.secrets().operator())
                .post(
                        "/api/customer/v1/merchants",
                        Map.of(
                                "name", name,
                                "timeZone", "Asia/Shanghai",
                                "currency", "CNY",
                                "locale", "zh-CN",
                                "owner",
                                        Map.of(
                                                "email", "owner@" + name + ".example",
                                                "password", "password-of-" + name,
                                                "name", "Owner")));
        var client = made.path("client");
        return new Merchant(
                (int) database("customer").number("select merchant_id from merchant where name = ?", name),
                client.path("clientId").asText(),
                client.path("clientSecret").asText());
    }

    /// Calls a service as an API client of the merchant; tokens come from customer-service.
    public ApiClient api(Merchant merchant) {
        return ApiClient.client(service("customer"), merchant.clientId(), merchant.clientSecret());
    }

    /// Calls all services as the owner of the merchant of this name.
    public ApiClient owner(String merchant) {
        return ApiClient.user(ports.publicUrl(), "owner@" + merchant + ".example", "password-of-" + merchant);
    }

    /// A bearer token of its API client that lives for the quarter of an hour to come.
    public String token(Merchant merchant) throws IOException, InterruptedException {
        return token("grant_type=client_credentials&client_id=" + merchant.clientId() + "&client_secret="
                + merchant.clientSecret());
    }

    /// The same of the owner of the merchant of this name, who may do all that people do.
    public String ownerToken(String name) throws IOException, InterruptedException {
        return token("grant_type=password&username=owner@" + name + ".example&password=password-of-" + name);
    }

    private String token(String grant) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service("customer").resolve("/api/customer/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(grant))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("no token: " + answer.statusCode() + " " + answer.body());
            }
            return new ObjectMapper()
                    .readTree(answer.body())
                    .path("access_token")
                    .asText();
        }
    }

    /// Says what ran.
    public void describe(Report report) throws SQLException {
        report.fact("services", String.join(", ", selection.services()));
        report.fact("service JVM", String.join(" ", selection.jvm()));
        var postgres = new Database("postgres", ports.postgres());
        report.fact("PostgreSQL", postgres.row("show server_version"));
        report.fact("PostgreSQL settings", postgres.row("""
                        select string_agg(name || '=' || current_setting(name), ' ' order by name)
                        from pg_settings where name in ('shared_buffers', 'fsync', 'synchronous_commit',
                          'full_page_writes', 'wal_level', 'max_wal_size')
                        """));
        report.fact("Kafka", AppInfoParser.getVersion());
    }

    /// Nobody reads its data again, so that nothing needs to end in good order but PostgreSQL, which would leave shared
    /// memory behind.
    private synchronized void stop() {
        if (!stopped) {
            stopped = true;
            system.supervisor().abandonAllBut(PostgresUnit.NAME);
            system.close();
        }
    }

    @Override
    public void close() {
        if (shared) {
            return;
        }
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // The machine is shutting down, and the hook is what does it.
            return;
        }
    }
}
