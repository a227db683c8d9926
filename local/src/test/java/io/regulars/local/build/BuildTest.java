package io.regulars.local.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BuildTest {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path root;

    @BeforeEach
    void writeSources() throws IOException {
        write("pom.xml");
        for (var module : List.of("events", "service-kit", "scoring-service")) {
            write(module + "/pom.xml");
            write(module + "/src/main/java/A.java");
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(LONG_AGO));
            }
        }
    }

    @Test
    void leavesAloneWhatIsNewerThanItsSources() throws Exception {
        write("scoring-service/target/quarkus-app/quarkus-run.jar");

        assertThat(stale()).isEmpty();
    }

    @Test
    void buildsWhatWasNeverBuilt() {
        assertThat(stale()).containsExactly("scoring-service");
    }

    @Test
    void buildsWhatASharedModuleChangedUnder() throws Exception {
        write("scoring-service/target/quarkus-app/quarkus-run.jar");
        Files.setLastModifiedTime(
                root.resolve("scoring-service/target/quarkus-app/quarkus-run.jar"),
                FileTime.from(LONG_AGO.plusSeconds(60)));
        write("events/src/main/java/B.java");

        assertThat(stale()).containsExactly("scoring-service");
    }

    private List<String> stale() {
        return new Build(root, root.resolve("build.log"), Clock.systemUTC(), line -> {})
                .stale(List.of("scoring-service"));
    }

    private void write(String file) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), "");
    }
}
