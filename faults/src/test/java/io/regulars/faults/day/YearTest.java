package io.regulars.faults.day;

import java.nio.file.Files;
import java.nio.file.Path;

import io.regulars.faults.rig.Rig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// The short form of `./regulars faults year`: a week of sixty customers with every playbook on.
class YearTest {

    @Test
    void everyMessageOfAllPlaybooksIsExplainedAndTheReportTellsWhatTheyBrought() throws Exception {
        var root = Path.of("..").toRealPath();
        for (var service : Rig.SERVICES) {
            assertThat(root.resolve(service + "-service/target/quarkus-app/quarkus-run.jar"))
                    .as("the packaged services are run; first: mvn package")
                    .matches(Files::exists);
        }

        var outcome = new Year(root, Path.of("target/year"), line -> {}, 7, 60, 1).run();

        System.out.println(outcome.report());
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.playbooks()).isEqualTo(24);
        assertThat(outcome.messages()).isGreaterThan(30);
        assertThat(outcome.report())
                .contains("| welcome |")
                .contains("| birthday |")
                .contains("| cart |");
    }
}
