package io.regulars.local.unit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Remembers which processes are ours: a number alone may be another's by now, so the start time stands beside it.
public final class Processes {

    private static final Duration SAME_START = Duration.ofSeconds(2);
    private static final String SUFFIX = ".process";

    private final Path folder;

    public Processes(Path folder) {
        this.folder = folder;
    }

    public void remember(String name, ProcessHandle process) {
        try {
            Files.createDirectories(folder);
            // Moved into its place whole: others look at any moment.
            var written = Files.createTempFile(folder, name, ".new");
            Files.writeString(written, process.pid() + " " + started(process));
            Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void forget(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The remembered process, where it still runs.
    public Optional<ProcessHandle> find(String name) {
        try {
            var parts = Files.readString(file(name)).strip().split(" ");
            var start = Instant.parse(parts[1]);
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(Processes::alive)
                    .filter(process ->
                            Duration.between(started(process), start).abs().compareTo(SAME_START) <= 0);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All remembered processes that still run, by name.
    public Map<String, ProcessHandle> all() {
        var names = new ArrayList<String>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                files.forEach(file -> names.add(file.getFileName().toString().replace(SUFFIX, "")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        var all = new TreeMap<String, ProcessHandle>();
        names.forEach(name -> find(name).ifPresent(process -> all.put(name, process)));
        return all;
    }

    /// A process that ended, and whose parent has not asked how, still has a number but does not live.
    static boolean alive(ProcessHandle process) {
        var stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            if (Files.exists(stat)) {
                var line = Files.readString(stat);
                return line.charAt(line.lastIndexOf(')') + 2) != 'Z';
            }
        } catch (IOException e) {
            return false;
        }
        return process.isAlive();
    }

    /// Ends processes: asks, waits, then kills.
    public static void end(List<ProcessHandle> processes, Duration patience) {
        processes.forEach(ProcessHandle::destroy);
        var deadline = System.nanoTime() + patience.toNanos();
        for (var process : processes) {
            if (!endsBefore(process, deadline)) {
                process.destroyForcibly();
                endsBefore(process, System.nanoTime() + Duration.ofSeconds(10).toNanos());
            }
        }
    }

    private static boolean endsBefore(ProcessHandle process, long deadline) {
        while (alive(process)) {
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                process.onExit().get(Math.min(left, 100_000_000), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
