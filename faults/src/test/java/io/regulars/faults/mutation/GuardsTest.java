package io.regulars.faults.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The list keeps step with the sources; that the tests notice, `./regulars faults mutations` shows.
class GuardsTest {

    private static final Path ROOT = Path.of("..");
    private static final List<Guard> GUARDS = Guards.ALL;

    @ParameterizedTest
    @FieldSource("GUARDS")
    void standsInTheSourcesOnce(Guard guard) throws IOException {
        assertThat(guard.takenFrom(ROOT)).isNotEqualTo(Files.readString(ROOT.resolve(guard.file())));
    }

    @ParameterizedTest
    @FieldSource("GUARDS")
    void namesATestThatIsThere(Guard guard) throws IOException {
        List<Path> classes;
        try (var files = Files.walk(ROOT.resolve(guard.module()).resolve("src/test/java"))) {
            classes = files.filter(file -> file.endsWith(guard.testClass() + ".java"))
                    .toList();
        }
        assertThat(classes).hasSize(1);
        var source = Files.readString(classes.getFirst());
        assertThat(guard.testMethods()).allSatisfy(method -> assertThat(source).contains("void " + method + "("));
    }

    @Test
    void haveNamesOfTheirOwn() {
        assertThat(GUARDS).extracting(Guard::name).doesNotHaveDuplicates();
    }
}
