package io.regulars.local.supervise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

import io.regulars.local.unit.JavaUnit;
import io.regulars.local.unit.Processes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class SupervisorTest {

    @TempDir
    Path folder;

    private Processes processes;
    private Supervisor supervisor;

    @BeforeEach
    void start() {
        processes = new Processes(folder.resolve("processes"));
        var sleeper = new JavaUnit(
                "sleeper",
                List.of("-cp", System.getProperty("java.class.path"), Sleeper.class.getName()),
                () -> Map.of("DREAM", "of sheep"),
                folder.resolve("sleeper.log"),
                processes,
                () -> true);
        supervisor = new Supervisor(List.of(sleeper), line -> {});
        supervisor.start("sleeper");
        await().until(() -> Files.readString(folder.resolve("sleeper.log")).contains("asleep of sheep"));
    }

    @AfterEach
    void stop() {
        supervisor.close();
    }

    @Test
    void startsAgainWhatEndsByItself() {
        var first = pid();

        supervisor.kill("sleeper");

        await().until(() -> pid().isPresent() && !pid().equals(first));
        assertThat(supervisor.states()).extracting(Supervisor.UnitState::state).containsExactly("ready");
    }

    @Test
    void leavesAloneWhatWasStopped() {
        supervisor.stop("sleeper");

        assertThat(pid()).isEmpty();
        assertThat(supervisor.states()).extracting(Supervisor.UnitState::state).containsExactly("stopped");
    }

    @Test
    void stopsEverythingWhenItCloses() {
        var process = processes.find("sleeper").orElseThrow();

        supervisor.close();

        assertThat(processes.all()).isEmpty();
        // It has ended; that this process as its parent has heard of it may take a moment more.
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void namesWhatThereIsWhenAskedForWhatThereIsNot() {
        assertThatThrownBy(() -> supervisor.stop("snorer"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("no process 'snorer'; there are sleeper");
    }

    @Test
    void isContentWithWhatBecameReadyInTheLastMoment() throws Exception {
        var ready = new ArrayList<String>();

        supervisor.await(List.of("sleeper"), Duration.ZERO, ready::add);

        assertThat(ready).containsExactly("sleeper");
    }

    private Optional<Long> pid() {
        return processes.find("sleeper").map(ProcessHandle::pid);
    }
}
