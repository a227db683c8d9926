package io.regulars.faults.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The sources of the services once more, to be broken: the tree itself is never touched. Kept between runs with what
/// was compiled.
final class WorkingCopy {

    private static final List<String> SOURCES =
            List.of("events", "service-kit", "embedded", "customer-service", "scoring-service", "campaign-service");

    /// The gates would refuse a mutant for its style, and tests that run once are over before C2 pays.
    private static final Map<String, String> POM = Map.of(
            "<failOnWarning>true</failOnWarning>", "",
            "<arg>-Xplugin:ErrorProne[^<]*</arg>", "",
            "<argLine>", "<argLine>-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ");

    private final Path root;
    private final Path copy;

    WorkingCopy(Path root, Path copy) {
        this.root = root;
        this.copy = copy;
    }

    Path folder() {
        return copy;
    }

    /// Makes it equal to the tree; what was compiled of anything else is thrown away.
    void bringUpToDate() {
        try {
            var wanted = wanted();
            var changed = false;
            for (var entry : wanted.entrySet()) {
                changed |= write(copy.resolve(entry.getKey()), entry.getValue());
            }
            changed |= deleteOthers(wanted.keySet());
            if (changed) {
                for (var module : SOURCES) {
                    deleteAll(copy.resolve(module).resolve("target"));
                    Files.deleteIfExists(greens(module));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The tests that were green in these sources.
    List<String> green(String module) {
        try {
            return Files.exists(greens(module)) ? Files.readAllLines(greens(module)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void noteGreen(String module, List<String> tests) {
        try {
            Files.write(greens(module), tests, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path greens(String module) {
        return copy.resolve("green-" + module);
    }

    void take(Guard guard) {
        replace(guard, guard.takenFrom(root).getBytes(StandardCharsets.UTF_8));
    }

    void putBack(Guard guard) {
        try {
            replace(guard, Files.readAllBytes(root.resolve(guard.file())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(Guard guard, byte[] content) {
        try {
            Files.write(copy.resolve(guard.file()), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<Path, byte[]> wanted() throws IOException {
        var wanted = new TreeMap<Path, byte[]>();
        wanted.put(Path.of("pom.xml"), relaxed(Files.readString(root.resolve("pom.xml"))));
        try (var modules = Files.list(root)) {
            for (var module : modules.filter(path -> Files.exists(path.resolve("pom.xml")))
                    .toList()) {
                wanted.put(root.relativize(module.resolve("pom.xml")), Files.readAllBytes(module.resolve("pom.xml")));
            }
        }
        for (var module : SOURCES) {
            try (var files = Files.walk(root.resolve(module).resolve("src"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    wanted.put(root.relativize(file), Files.readAllBytes(file));
                }
            }
        }
        return wanted;
    }

    private static byte[] relaxed(String pom) {
        var relaxed = pom;
        for (var entry : POM.entrySet()) {
            var once = relaxed.replaceFirst(entry.getKey(), entry.getValue());
            if (once.equals(relaxed)) {
                throw new IllegalStateException("the parent pom no longer has " + entry.getKey());
            }
            relaxed = once;
        }
        return relaxed.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean write(Path file, byte[] content) throws IOException {
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return false;
        }
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return true;
    }

    private boolean deleteOthers(Set<Path> wanted) throws IOException {
        var deleted = false;
        for (var module : SOURCES) {
            try (var files = Files.walk(copy.resolve(module).resolve("src"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    if (!wanted.contains(copy.relativize(file))) {
                        Files.delete(file);
                        deleted = true;
                    }
                }
            }
        }
        return deleted;
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
