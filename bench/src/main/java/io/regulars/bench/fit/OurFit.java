package io.regulars.bench.fit;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

import io.regulars.bench.suite.Bench;
import io.regulars.local.build.Build;

/// scoring-service's own classes, without the service: a main class is compiled against its package, in the
/// folder of the benchmark.
final class OurFit {

    private static final String MAIN = "io.regulars.scoring.lifetime.FitMain";

    private final Path folder;
    private final String classPath;
    private final List<String> options;

    private OurFit(Path folder, String classPath, List<String> options) {
        this.folder = folder;
        this.classPath = classPath;
        this.options = options;
    }

    static OurFit build(Bench bench, Path folder) throws IOException, InterruptedException {
        new Build(bench.root(), folder.resolve("build.log"), Clock.systemUTC(), bench.progress())
                .bringUpToDate(List.of("scoring-service"));
        var app = bench.root().resolve("scoring-service/target/quarkus-app");
        var service = jars(app.resolve("app")) + File.pathSeparator + jars(app.resolve("lib/main"));
        var classes = Files.createDirectories(folder.resolve("classes"));
        compile(source(folder), service, classes);
        return new OurFit(
                folder,
                classes + File.pathSeparator + service,
                bench.pick(List.of("-Xmx1g"), List.of("-Xmx1g", "-XX:TieredStopAtLevel=1")));
    }

    /// Named one by one: only `java` itself knows what `*` stands for, the compiler as a library does not.
    private static String jars(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static Path source(Path folder) throws IOException {
        try (var in = OurFit.class.getResourceAsStream("FitMain.java")) {
            return Files.write(folder.resolve("FitMain.java"), in.readAllBytes());
        }
    }

    private static void compile(Path source, String classPath, Path classes) {
        var said = new ByteArrayOutputStream();
        var status = ToolProvider.getSystemJavaCompiler()
                .run(null, said, said, "-proc:none", "-cp", classPath, "-d", classes.toString(), source.toString());
        if (status != 0) {
            throw new IllegalStateException("FitMain does not compile: " + said.toString(StandardCharsets.UTF_8));
        }
    }

    Fitter of(Patterns patterns) throws IOException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-XX:+UseSerialGC", "-cp", classPath, MAIN, patterns.rows().toString()));
        return Fitter.start("scoring-service", command, folder.resolve("ours.log"));
    }
}
