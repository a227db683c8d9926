package io.regulars.local.supervise;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.regulars.embedded.Postgres;
import io.regulars.local.home.ClockOffset;
import io.regulars.local.home.Home;
import io.regulars.local.home.PortPlan;
import io.regulars.local.home.Secrets;
import io.regulars.local.unit.JavaUnit;
import io.regulars.local.unit.KafkaMain;
import io.regulars.local.unit.PostgresUnit;
import io.regulars.local.unit.Processes;
import io.regulars.local.unit.Unit;

/// The processes of the system with what each is told: the local counterpart of the Kubernetes manifests.
final class Layout {

    /// What libraries do with native code is theirs to mend, not for people here to read about.
    private static final List<String> JVM =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private final Path root;
    private final Home home;
    private final PortPlan ports;
    private final Selection selection;
    private final Secrets secrets;
    private final Processes processes;

    Layout(Path root, Home home, PortPlan ports, Selection selection, Secrets secrets, Processes processes) {
        this.root = root;
        this.home = home;
        this.ports = ports;
        this.selection = selection;
        this.secrets = secrets;
        this.processes = processes;
    }

    /// In the order in which they start.
    List<Unit> units() {
        var units = new ArrayList<Unit>();
        units.add(new PostgresUnit(
                home.data(PostgresUnit.NAME),
                home.binaries(),
                home.log(PostgresUnit.NAME),
                ports.postgres(),
                PortPlan.Services.NAMES,
                processes));
        units.add(kafka());
        selection.units().forEach(name -> units.add(service(name)));
        return units;
    }

    private Unit kafka() {
        var arguments = jvm(selection.kafkaJvm());
        arguments.addAll(List.of(
                "-Djava.util.logging.SimpleFormatter.format=%1$tF %1$tT %4$s %3$s %5$s%6$s%n",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaMain.class.getName(),
                home.data("kafka").toString(),
                Integer.toString(ports.kafka()),
                Integer.toString(ports.kafkaController())));
        return unit("kafka", arguments, Map.of(), () -> Probes.listens(ports.kafka()));
    }

    private Unit service(String name) {
        var arguments = jvm(selection.jvm());
        arguments.add("-jar");
        arguments.add(root.resolve(PortPlan.service(name) + "-service/target/quarkus-app/quarkus-run.jar")
                .toString());
        return unit(name, arguments, environment(name), () -> Probes.healthy(ports.management(name)));
    }

    /// Uploads on their way and unpacked libraries lie with the rest of the run.
    private List<String> jvm(List<String> options) {
        var arguments = new ArrayList<>(options);
        arguments.addAll(JVM);
        arguments.add("-Djava.io.tmpdir=" + home.temporary());
        return arguments;
    }

    private Unit unit(String name, List<String> arguments, Map<String, String> environment, BooleanSupplier probe) {
        return new JavaUnit(
                name,
                arguments,
                () -> {
                    var all = new HashMap<>(environment);
                    all.put("REGULARS_CLOCK_OFFSET", ClockOffset.of(home).toString());
                    return all;
                },
                home.log(name),
                processes,
                probe);
    }

    /// @param name the service's, or a replica's
    Map<String, String> environment(String name) {
        var service = PortPlan.service(name);
        var environment = new HashMap<String, String>();
        environment.put("QUARKUS_HTTP_HOST", "localhost");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.http(name)));
        environment.put("QUARKUS_MANAGEMENT_HOST", "localhost");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.management(name)));
        environment.put(
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://localhost:" + ports.postgres() + "/" + service);
        environment.put("QUARKUS_DATASOURCE_USERNAME", Postgres.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", Postgres.PASSWORD);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "localhost:" + ports.kafka());
        environment.put("REGULARS_PUBLIC_URL", ports.publicUrl().toString());
        environment.put("REGULARS_ISSUER", ports.publicUrl() + "/api/customer");
        environment.put(
                "REGULARS_JWKS_URL",
                "http://localhost:" + ports.http("customer") + "/api/customer/.well-known/jwks.json");
        environment.put("REGULARS_CLOCK_ADJUSTABLE", "true");
        switch (service) {
            case "customer" -> environment.put("REGULARS_OPERATOR_SECRET", secrets.operator());
            case "campaign" -> {
                environment.put("QUARKUS_MAILER_HOST", "localhost");
                environment.put("QUARKUS_MAILER_PORT", Integer.toString(ports.smtp()));
                environment.put("QUARKUS_MAILER_FROM", "shop@regulars.example");
                environment.put("REGULARS_SMS_URL", "http://localhost:" + ports.sms() + "/sms");
                environment.put("REGULARS_SMS_SECRET", secrets.sms());
            }
            default -> {}
        }
        environment.putAll(selection.environment());
        return environment;
    }
}
