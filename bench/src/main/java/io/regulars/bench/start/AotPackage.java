package io.regulars.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A service packaged for the JVM's AOT cache: plain class path instead of a class loader of its own, since the cache
/// holds only what the JVM's own loaders load.
final class AotPackage {

    private static final String FOLDER = "aot";

    private AotPackage() {}

    /// Builds those that are older than the service's usual package.
    static void bringUpToDate(Path root, List<String> services, Path log, Consumer<String> progress)
            throws IOException, InterruptedException {
        for (var service : services) {
            if (!upToDate(root, service)) {
                progress.accept("packaging " + service + "-service for the AOT cache (log: " + log + ")");
                build(root, service, log);
            }
        }
    }

    static Path jar(Path root, String service) {
        return target(root, service).resolve(FOLDER).resolve("quarkus-run.jar");
    }

    static Path plainJar(Path root, String service) {
        return target(root, service).resolve("quarkus-app/quarkus-run.jar");
    }

    /// Where the JVM keeps what a training run taught it: each JVM takes only what it wrote itself.
    static Path cache(Path root, String service) {
        return target(root, service).resolve(FOLDER).resolve("trained-" + Runtime.version() + ".aot");
    }

    /// Whether the first is there and no older than the second.
    static boolean isNewer(Path made, Path from) throws IOException {
        return Files.exists(made) && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(from)) >= 0;
    }

    private static boolean upToDate(Path root, String service) throws IOException {
        return isNewer(jar(root, service), plainJar(root, service));
    }

    private static void build(Path root, String service, Path log) throws IOException, InterruptedException {
        Files.createDirectories(log.getParent());
        var status = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-q",
                        "-Dmaven.test.skip=true",
                        "-Dspotless.skip=true",
                        "-Dquarkus.package.jar.type=aot-jar",
                        "-Dquarkus.package.output-directory=" + FOLDER,
                        "package",
                        "-pl",
                        "events,service-kit,embedded," + service + "-service")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (status != 0 || !Files.exists(jar(root, service))) {
            throw new IllegalStateException(
                    service + "-service cannot be packaged for the AOT cache; the whole log is " + log);
        }
    }

    private static Path target(Path root, String service) {
        return root.resolve(service + "-service").resolve("target");
    }
}
