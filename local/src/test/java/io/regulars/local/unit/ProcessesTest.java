package io.regulars.local.unit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessesTest {

    @TempDir
    Path folder;

    @Test
    void findsAProcessAgain() {
        var processes = new Processes(folder);

        processes.remember("me", ProcessHandle.current());

        assertThat(processes.find("me")).contains(ProcessHandle.current());
        assertThat(processes.all()).containsOnlyKeys("me");
    }

    @Test
    void doesNotTakeAnotherProcessOfTheSameNumberForIts() throws Exception {
        var pid = ProcessHandle.current().pid();
        Files.writeString(folder.resolve("me.process"), pid + " 2001-01-01T00:00:00Z");

        assertThat(new Processes(folder).find("me")).isEmpty();
    }

    @Test
    void isNeverSeenHalfWritten() throws Exception {
        var processes = new Processes(folder);
        processes.remember("me", ProcessHandle.current());

        try (var other = Executors.newSingleThreadExecutor()) {
            var writing = other.submit(() -> {
                for (var i = 0; i < 500; i++) {
                    processes.remember("me", ProcessHandle.current());
                }
            });
            while (!writing.isDone()) {
                assertThat(processes.find("me")).isPresent();
            }
            writing.get();
        }
    }

    @Test
    void endsAProcess() throws Exception {
        var process = new ProcessBuilder("sleep", "60").start();

        Processes.end(List.of(process.toHandle()), Duration.ofSeconds(10));

        // Ended, and reaped a moment later.
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
