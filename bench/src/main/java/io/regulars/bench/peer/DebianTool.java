package io.regulars.bench.peer;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A program that comes in Debian's packages: taken where it is installed, else fetched and unpacked into a cache
/// folder, without rights and without what an installation would start.
public final class DebianTool {

    private static final String UNPACKED = "unpacked";
    private static final int CANNOT_RUN = 126;

    private final String name;
    private final String folders;
    private final List<String> packages;
    private final List<String> versionOption;

    /// @param folders a glob of folders beside those on the path, as `usr/lib/postgresql/*/bin`
    /// @param packages that hold the program and its libraries; a regular expression stands for the newest match
    /// @param versionOption makes the program tell its version, whatever its exit code; else its package does
    public DebianTool(String name, String folders, List<String> packages, List<String> versionOption) {
        this.name = name;
        this.folders = folders;
        this.packages = List.copyOf(packages);
        this.versionOption = List.copyOf(versionOption);
    }

    public Tool find(Consumer<String> progress) throws PeerMissing, InterruptedException {
        try {
            var installed = in(Path.of("/"), Map.of()).or(this::onPath);
            if (installed.isPresent()) {
                return installed.get();
            }
            var cache = Cache.folder("debian/" + name);
            var cached = unpacked(cache);
            if (cached.isPresent()) {
                return cached.get();
            }
            progress.accept("fetching " + name + " from Debian's packages");
            var reason = fetch(cache);
            var fetched = unpacked(cache);
            if (fetched.isPresent()) {
                return fetched.get();
            }
            throw new PeerMissing(name + " is not installed and cannot be fetched: " + reason);
        } catch (IOException e) {
            throw new PeerMissing(name + ": " + e.getMessage());
        }
    }

    private Optional<Tool> unpacked(Path cache) throws IOException {
        try (var files =
                Files.find(cache, 8, (path, attributes) -> path.toString().matches(".*\\.so(\\.\\d+)*"))) {
            var libraries = files.map(Path::getParent)
                    .distinct()
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            return in(cache, libraries.isEmpty() ? Map.of() : Map.of("LD_LIBRARY_PATH", libraries));
        }
    }

    private Optional<Tool> onPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .flatMap(program -> usable(program, Map.of()).stream())
                .findFirst();
    }

    /// The newest one under a root, by the names of the folders.
    private Optional<Tool> in(Path root, Map<String, String> environment) throws IOException {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:{" + folders + ",usr/bin,usr/sbin}/" + name);
        var start = root.resolve("usr");
        if (!Files.isDirectory(start)) {
            return Optional.empty();
        }
        var candidates = new ArrayList<Path>();
        for (var folder : List.of("lib/postgresql", "bin", "sbin", "libexec")) {
            if (Files.isDirectory(start.resolve(folder))) {
                try (Stream<Path> paths = Files.find(
                        start.resolve(folder), 3, (path, attributes) -> matcher.matches(root.relativize(path)))) {
                    paths.forEach(candidates::add);
                }
            }
        }
        return candidates.stream()
                .sorted(java.util.Comparator.reverseOrder())
                .flatMap(program -> usable(program, environment).stream())
                .findFirst();
    }

    /// One that does not find its libraries ends as a program that cannot be run.
    private Optional<Tool> usable(Path program, Map<String, String> environment) {
        try {
            var outcome = Shell.run(new Tool(program, environment, "").command(versionOption));
            return outcome.status() < 0 || outcome.status() >= CANNOT_RUN
                    ? Optional.empty()
                    : Optional.of(new Tool(
                            program, environment, versionOption.isEmpty() ? packaged(program) : outcome.firstLine()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String packaged(Path program) throws IOException {
        var list = Cache.folder("debian/" + name).resolve(UNPACKED);
        return program.startsWith(list.getParent()) && Files.exists(list)
                ? Files.readString(list).strip()
                : "installed";
    }

    /// Why it did not work, where it did not.
    private String fetch(Path cache) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("apt-get", "download"));
        words.addAll(names());
        var download = Shell.run(new ProcessBuilder(words).directory(cache.toFile()));
        try (var files = Files.newDirectoryStream(cache, "*.deb")) {
            for (var file : files) {
                var unpack = Shell.run(new ProcessBuilder("dpkg-deb", "-x", file.toString(), cache.toString()));
                if (!unpack.well()) {
                    return unpack.lastLine();
                }
                if (file.getFileName().toString().startsWith(packages.getFirst())) {
                    Files.writeString(
                            cache.resolve(UNPACKED),
                            file.getFileName().toString().replaceFirst("\\.deb$", ""));
                }
                Files.delete(file);
            }
        }
        return download.well() ? "unpacked, but does not run" : download.lastLine();
    }

    private List<String> names() throws InterruptedException {
        var names = new ArrayList<String>();
        for (var named : packages) {
            names.add(named.contains("[") ? newest(named) : named);
        }
        return names;
    }

    private static String newest(String pattern) throws InterruptedException {
        var found = Shell.run(new ProcessBuilder("apt-cache", "search", "--names-only", "^" + pattern + "$"));
        return found.output()
                .lines()
                .map(line -> line.split(" ")[0])
                .max(java.util.Comparator.naturalOrder())
                .orElse(pattern);
    }
}
