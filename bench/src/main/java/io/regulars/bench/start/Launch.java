package io.regulars.bench.start;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.ProcessTree;
import io.regulars.bench.world.World;
import io.regulars.local.supervise.Selection;

/// One start of a service, in this or that package, under the same environment.
final class Launch implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(5);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String service;
    private final World world;
    private final Process process;
    private final String readiness;

    private Launch(String service, World world, Process process, String readiness) {
        this.service = service;
        this.world = world;
        this.process = process;
        this.readiness = readiness;
    }

    /// Starts it without waiting.
    ///
    /// @param options of the JVM beside those of a local run
    static Launch of(World world, String service, Path jar, List<String> options) throws IOException {
        return start(world, service, command(jar, options), "/q/health/ready");
    }

    /// The same endpoints on Spring Boot, told the same by the names that it knows.
    static Launch ofSpringBoot(World world, String service, Path jar) throws IOException {
        var told = world.system().environment(service);
        var command = command(jar, List.of());
        command.addAll(List.of(
                "--server.address=localhost",
                "--server.port=" + told.get("QUARKUS_HTTP_PORT"),
                "--management.server.address=localhost",
                "--management.server.port=" + told.get("QUARKUS_MANAGEMENT_PORT"),
                "--spring.datasource.url=" + told.get("QUARKUS_DATASOURCE_JDBC_URL"),
                "--spring.datasource.username=" + told.get("QUARKUS_DATASOURCE_USERNAME"),
                "--spring.datasource.password=" + told.get("QUARKUS_DATASOURCE_PASSWORD"),
                "--spring.kafka.bootstrap-servers=" + told.get("KAFKA_BOOTSTRAP_SERVERS"),
                "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + told.get("REGULARS_JWKS_URL")));
        return start(world, service, command, "/actuator/health/readiness");
    }

    private static List<String> command(Path jar, List<String> options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Selection.ALL.jvm());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static Launch start(World world, String service, List<String> command, String readiness)
            throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        world.home().log("start-" + service).toFile()));
        builder.environment().putAll(world.system().environment(service));
        return new Launch(service, world, builder.start(), readiness);
    }

    /// Waits until it takes work, looking every few milliseconds.
    void awaitReady() throws InterruptedException {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        var health = management(readiness);
        while (status(health) != 200) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(service + "-service did not become ready; its log is "
                        + world.home().log("start-" + service));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /// The document of its REST interface: the same code gives the same document.
    String openApi() throws InterruptedException {
        return get(world.service(service).resolve("/api/" + service + "/openapi?format=json"));
    }

    /// How many handlers Spring Boot found in a class.
    int handlers(String type) throws InterruptedException {
        return get(management("/actuator/mappings")).split("\"className\":\"" + type.replace(".", "\\.") + "\"").length
                - 1;
    }

    private URI management(String path) {
        return URI.create("http://localhost:" + world.ports().management(service) + path);
    }

    ProcessTree tree() {
        return new ProcessTree(process.pid());
    }

    private static int status(URI uri) throws InterruptedException {
        try {
            return CLIENT.send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String get(URI uri) throws InterruptedException {
        try {
            return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(uri + " does not answer", e);
        }
    }

    /// Asks it to stop and waits; a training run writes its cache then.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                throw new IllegalStateException(service + "-service did not stop");
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /// With the JVM that it started to put the cache together.
    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
