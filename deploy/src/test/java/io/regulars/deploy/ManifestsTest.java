package io.regulars.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestsTest {

    private static final Path KUBERNETES = Path.of("kubernetes");
    private static final List<String> SERVICES = List.of("customer-service", "scoring-service", "campaign-service");

    /// What every service cannot start without.
    private static final Set<String> ENVIRONMENT = Set.of(
            "QUARKUS_DATASOURCE_JDBC_URL",
            "QUARKUS_DATASOURCE_USERNAME",
            "QUARKUS_DATASOURCE_PASSWORD",
            "KAFKA_BOOTSTRAP_SERVERS",
            "REGULARS_PUBLIC_URL",
            "REGULARS_ISSUER",
            "REGULARS_JWKS_URL");

    private static final Map<String, Set<String>> ENVIRONMENT_OF = Map.of(
            "customer-service", Set.of("REGULARS_OPERATOR_SECRET"),
            "scoring-service", Set.of(),
            "campaign-service",
                    Set.of(
                            "QUARKUS_MAILER_HOST",
                            "QUARKUS_MAILER_PORT",
                            "QUARKUS_MAILER_FROM",
                            "REGULARS_SMS_URL",
                            "REGULARS_SMS_SECRET"));

    static Stream<Path> manifests() throws IOException {
        try (var files = Files.walk(KUBERNETES)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static List<String> services() {
        return SERVICES;
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyFileParsesStrictly(Path file) throws IOException {
        assertThat(StrictKubernetes.read(file)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "quickstart"})
    void kustomizationNamesEveryFileBesideIt(String folder) throws IOException {
        var kustomization = kustomization(folder);
        var named = new TreeSet<String>();
        kustomization.path("resources").forEach(resource -> named.add(resource.asText()));
        try (var files = Files.list(KUBERNETES.resolve(folder))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
                    .isSubsetOf(named);
        }
        assertThat(named)
                .allSatisfy(name ->
                        assertThat(KUBERNETES.resolve(folder).resolve(name)).exists());
    }

    @ParameterizedTest
    @MethodSource("services")
    void serviceRunsItsImageOnItsPorts(String service) throws IOException {
        var container = container(service);
        var containerfile = Files.readString(Path.of("containers", service + ".Containerfile"));

        assertThat(container.getImage()).isEqualTo("regulars/" + service + ":dev");
        assertThat(containerfile)
                .contains("EXPOSE 8080 9000", "QUARKUS_HTTP_PORT=8080", "QUARKUS_MANAGEMENT_PORT=9000");
        assertThat(container.getPorts())
                .extracting(port -> port.getName() + " " + port.getContainerPort())
                .containsExactly("http 8080", "management 9000");
        assertThat(Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe()))
                .extracting(probe -> probe.getHttpGet().getPath() + " "
                        + probe.getHttpGet().getPort().getStrVal())
                .containsExactly(
                        "/q/health/started management", "/q/health/ready management", "/q/health/live management");
        assertThat(ofKind(Service.class, service).getSpec().getPorts())
                .extracting(port -> port.getPort() + " " + port.getTargetPort().getStrVal())
                .containsExactly("8080 http");
    }

    @ParameterizedTest
    @MethodSource("services")
    void selectorsFindThePods(String service) throws IOException {
        var deployment = ofKind(Deployment.class, service).getSpec();
        var labels = deployment.getTemplate().getMetadata().getLabels();

        assertThat(labels).containsAllEntriesOf(deployment.getSelector().getMatchLabels());
        assertThat(labels)
                .containsAllEntriesOf(ofKind(Service.class, service).getSpec().getSelector());
        assertThat(labels)
                .containsAllEntriesOf(ofKind(PodDisruptionBudget.class, service)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
    }

    @ParameterizedTest
    @MethodSource("services")
    void serviceIsToldAllItNeeds(String service) throws IOException {
        var container = container(service);

        var told = new HashSet<String>();
        container.getEnv().forEach(variable -> told.add(variable.getName()));
        for (var from : container.getEnvFrom()) {
            told.addAll(ofKind(ConfigMap.class, from.getConfigMapRef().getName())
                    .getData()
                    .keySet());
        }

        assertThat(told).containsAll(ENVIRONMENT).containsAll(ENVIRONMENT_OF.get(service));
    }

    @ParameterizedTest
    @MethodSource("services")
    void serviceHasNoRightsItDoesNotNeed(String service) throws IOException {
        var pod = ofKind(Deployment.class, service).getSpec().getTemplate().getSpec();
        var container = container(service);

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getServiceAccountName()).isEqualTo(service);
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKey("memory");
        assertThat(Files.readString(Path.of("containers", service + ".Containerfile")))
                .contains("USER " + pod.getSecurityContext().getRunAsUser() + ":");
    }

    @ParameterizedTest
    @MethodSource("services")
    void quickstartHoldsTheSecretsThatAServiceNames(String service) throws IOException {
        var secrets = new TreeMap<String, Set<String>>();
        for (var secret : kustomization("quickstart").path("secretGenerator")) {
            var keys = new TreeSet<String>();
            secret.path("literals").forEach(literal -> keys.add(literal.asText().split("=", 2)[0]));
            secrets.put(secret.path("name").asText(), keys);
        }

        assertThat(container(service).getEnv())
                .filteredOn(variable -> variable.getValueFrom() != null)
                .extracting(variable -> variable.getValueFrom().getSecretKeyRef())
                .filteredOn(reference -> !Boolean.TRUE.equals(reference.getOptional()))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(secrets.getOrDefault(reference.getName(), Set.of()))
                        .contains(reference.getKey()));
    }

    /// The local gateway routes by the names in PortPlan; this module does not depend on the launcher to read a list.
    @Test
    void ingressRoutesAsTheGatewayDoesAndTheServicesAnswer() throws IOException {
        var ports = Files.readString(Path.of("../local/src/main/java/io/regulars/local/home/PortPlan.java"));
        var names = Pattern.compile("NAMES = List.of\\(([^)]+)\\)").matcher(ports);
        assertThat(names.find()).isTrue();
        var gateway = Arrays.stream(names.group(1).split(","))
                .map(name -> name.strip().replace("\"", ""))
                .collect(Collectors.toMap(name -> "/api/" + name, name -> name + "-service"));

        var rules = ofKind(Ingress.class, "regulars").getSpec().getRules();
        var ingress = rules.getFirst().getHttp().getPaths().stream()
                .collect(Collectors.toMap(
                        HTTPIngressPath::getPath,
                        path -> path.getBackend().getService().getName()));

        assertThat(rules).hasSize(1);
        assertThat(ingress).isEqualTo(gateway).hasSize(SERVICES.size());
        for (var route : ingress.entrySet()) {
            var settings = Path.of("..", route.getValue(), "src/main/resources/application.properties");
            assertThat(Files.readString(settings)).contains("quarkus.http.root-path=" + route.getKey() + "\n");
        }
    }

    @Test
    void containerfilesDifferByTheServiceOnly() throws IOException {
        var bodies = new HashSet<String>();
        for (var service : SERVICES) {
            bodies.add(Files.readString(Path.of("containers", service + ".Containerfile"))
                    .replace(service, "SERVICE")
                    .replaceAll("image.description=\"[^\"]+\"", ""));
        }
        assertThat(bodies).hasSize(1);
    }

    private static JsonNode kustomization(String folder) throws IOException {
        return StrictKubernetes.trees(
                        Files.readString(KUBERNETES.resolve(folder).resolve("kustomization.yaml")))
                .getFirst();
    }

    private static Container container(String service) throws IOException {
        return ofKind(Deployment.class, service)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static <T extends HasMetadata> T ofKind(Class<T> kind, String name) throws IOException {
        var found = new ArrayList<T>();
        for (var file : manifests().toList()) {
            StrictKubernetes.read(file).stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .filter(object -> object.getMetadata().getName().equals(name))
                    .forEach(found::add);
        }
        assertThat(found).as("%s %s", kind.getSimpleName(), name).hasSize(1);
        return found.getFirst();
    }
}
