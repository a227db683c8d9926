package io.regulars.bench.peer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Software that lies in Maven Central, with all that it stands on: fetched once, then kept.
public final class MavenPeer {

    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:%s:copy-dependencies";

    private final String name;
    private final List<String> artifacts;

    /// @param artifacts as `group:artifact`, whose versions are in the project's one version table
    public MavenPeer(String name, String... artifacts) {
        this.name = name;
        this.artifacts = List.of(artifacts);
    }

    /// @param classPath all of it
    /// @param version of the first artifact
    public record Fetched(String classPath, String version) {}

    public Fetched find(Consumer<String> progress) throws PeerMissing, InterruptedException {
        try {
            var version = version(artifacts.getFirst());
            var folder = Cache.folder("maven/" + name + "-" + version);
            var complete = folder.resolve("complete");
            var pom = pom();
            if (!Files.exists(complete) || !Files.readString(complete).equals(pom)) {
                progress.accept("fetching " + name + " from Maven Central");
                fetch(folder, pom);
                Files.writeString(complete, pom);
            }
            return new Fetched(folder.resolve("lib") + File.separator + "*", version);
        } catch (IOException e) {
            throw new PeerMissing(name + ": " + e.getMessage());
        }
    }

    private void fetch(Path folder, String pom) throws IOException, PeerMissing, InterruptedException {
        Files.writeString(folder.resolve("pom.xml"), pom);
        var outcome = Shell.run(new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-q",
                        COPY.formatted(versions().getProperty("dependency-plugin")),
                        "-DoutputDirectory=lib",
                        "-DincludeScope=runtime")
                .directory(folder.toFile()));
        if (!outcome.well()) {
            throw new PeerMissing(name + " cannot be fetched: "
                    + outcome.output()
                            .lines()
                            .filter(line -> line.startsWith("[ERROR]"))
                            .findFirst()
                            .orElse(outcome.lastLine()));
        }
    }

    /// The last artifact first: of two versions that others ask for, the one of the first wins, and what logs must be
    /// of
    /// one piece.
    private String pom() {
        return artifacts.reversed().stream()
                .map(artifact ->
                        "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
                                .formatted(artifact.split(":")[0], artifact.split(":")[1], version(artifact)))
                .collect(Collectors.joining(
                        "\n",
                        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>"
                                + "<groupId>peer</groupId><artifactId>peer</artifactId><version>1</version><dependencies>\n",
                        "\n</dependencies></project>\n"));
    }

    /// By the artifact or else by its group.
    private static String version(String artifact) {
        var versions = versions();
        var found = versions.getProperty(artifact.split(":")[1], versions.getProperty(artifact.split(":")[0]));
        if (found == null) {
            throw new IllegalArgumentException("no version of " + artifact);
        }
        return found;
    }

    private static Properties versions() {
        var versions = new Properties();
        try (var in = MavenPeer.class.getResourceAsStream("/peer-versions.properties")) {
            versions.load(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions;
    }
}
