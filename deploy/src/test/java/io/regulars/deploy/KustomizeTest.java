package io.regulars.deploy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// What `kubectl kustomize` makes of the manifests; skipped where there is no kubectl.
class KustomizeTest {

    @BeforeAll
    static void needsKubectl() {
        var folders = System.getenv("PATH").split(File.pathSeparator);
        assumeTrue(
                Stream.of(folders).anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl"))),
                "kubectl is not on the PATH, so the overlays are not built; the files are parsed one by one all the same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "quickstart"})
    void everyObjectParsesStrictlyAndLiesInTheNamespace(String overlay) throws Exception {
        var objects = StrictKubernetes.parse(build(overlay));

        assertThat(objects)
                .filteredOn(object -> !object.getKind().equals("Namespace"))
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isEqualTo("regulars"));
        assertThat(objects).extracting(KustomizeTest::name).doesNotHaveDuplicates();
    }

    @Test
    void quickstartBringsAllThatRuns() throws Exception {
        var kinds = StrictKubernetes.parse(build("quickstart")).stream()
                .collect(groupingBy(HasMetadata::getKind, counting()));

        assertThat(kinds)
                .containsAllEntriesOf(Map.of(
                        "Namespace", 1L,
                        "Deployment", 3L,
                        "StatefulSet", 2L,
                        "Service", 5L,
                        "PodDisruptionBudget", 3L,
                        "ServiceAccount", 3L,
                        "Ingress", 1L,
                        "Secret", 4L));
    }

    @Test
    void secretsThatDeploymentsNameAreThere() throws Exception {
        var objects = StrictKubernetes.parse(build("quickstart"));
        var secrets = objects.stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .collect(Collectors.toMap(
                        secret -> secret.getMetadata().getName(),
                        secret -> secret.getData().keySet()));

        var references = objects.stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> variable.getValueFrom() != null)
                .map(variable -> variable.getValueFrom().getSecretKeyRef())
                .filter(reference -> !Boolean.TRUE.equals(reference.getOptional()))
                .toList();

        assertThat(references)
                .hasSizeGreaterThan(9)
                .allSatisfy(reference -> assertThat(secrets.getOrDefault(reference.getName(), Set.of()))
                        .contains(reference.getKey()));
    }

    private static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }

    private static String build(String overlay) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of("kubectl", "kustomize", "kubernetes/" + overlay))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return yaml;
    }
}
