package io.regulars.local.build;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Compares what the services are made of with what was built last, and runs Maven over the difference.
public final class Build {

    private static final List<String> SHARED = List.of("events", "service-kit");
    private static final Pattern MODULE = Pattern.compile("Building (\\S+) \\S+\\s+\\[(\\d+/\\d+)]");
    private static final int ERRORS_SHOWN = 15;

    private final Path root;
    private final Path log;
    private final Clock clock;
    private final Consumer<String> progress;

    public Build(Path root, Path log, Clock clock, Consumer<String> progress) {
        this.root = root;
        this.log = log;
        this.clock = clock;
        this.progress = progress;
    }

    /// Builds the services that are older than their sources.
    ///
    /// @throws IllegalStateException when Maven fails; the message names the errors and the log
    public void bringUpToDate(List<String> services) throws InterruptedException {
        var stale = stale(services);
        if (stale.isEmpty()) {
            return;
        }
        progress.accept("building " + String.join(", ", stale) + " (log: " + log + ")");
        var began = FileTime.from(clock.instant());
        var modules = new ArrayList<>(SHARED);
        // The services' tests stand on it, so Maven has to know it even where tests are left out.
        modules.add("embedded");
        modules.addAll(stale);
        try {
            maven(modules);
            for (var service : stale) {
                // Not when it was written: what is saved while Maven runs is newer than what it read.
                Files.setLastModifiedTime(built(service), began);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Maven could not be run", e);
        }
    }

    List<String> stale(List<String> services) {
        return services.stream().filter(this::stale).toList();
    }

    private boolean stale(String service) {
        try {
            if (!Files.exists(built(service))) {
                return true;
            }
            var builtAt = Files.getLastModifiedTime(built(service));
            var inputs = Stream.concat(SHARED.stream(), Stream.of(service))
                    .flatMap(module -> Stream.of(root.resolve(module).resolve("pom.xml"), sources(module)));
            for (var input :
                    Stream.concat(Stream.of(root.resolve("pom.xml")), inputs).toList()) {
                if (newer(input, builtAt)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Folders count as well: their time changes when a file in them goes.
    private static boolean newer(Path input, FileTime than) throws IOException {
        try (var paths = Files.walk(input)) {
            for (var path : paths.toList()) {
                if (Files.getLastModifiedTime(path).compareTo(than) > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private void maven(List<String> modules) throws IOException, InterruptedException {
        Files.createDirectories(log.getParent());
        var process = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-Dstyle.color=never",
                        "-Dmaven.test.skip=true",
                        "-Dspotless.skip=true",
                        "package",
                        "-pl",
                        String.join(",", modules))
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        var errors = new ArrayList<String>();
        try (var output = process.inputReader(StandardCharsets.UTF_8);
                var file = Files.newBufferedWriter(log)) {
            follow(output, file, errors);
        } finally {
            process.destroy();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the build failed; the whole log is " + log + "\n"
                    + String.join("\n", errors.subList(0, Math.min(errors.size(), ERRORS_SHOWN))));
        }
    }

    private void follow(BufferedReader output, Writer file, List<String> errors) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            file.write(line);
            file.write('\n');
            file.flush();
            var module = MODULE.matcher(line);
            if (module.find()) {
                progress.accept("building " + module.group(1) + " (" + module.group(2) + ")");
            } else if (line.startsWith("[ERROR]")) {
                errors.add(line);
            }
        }
    }

    private Path built(String service) {
        return root.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
    }

    private Path sources(String module) {
        return root.resolve(module).resolve("src/main");
    }
}
