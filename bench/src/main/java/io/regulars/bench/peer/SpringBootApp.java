package io.regulars.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// Spring Boot with the endpoints of a service: made from the service's own OpenAPI document, with the starters for
/// what the service stands on and its migrations. The endpoints do nothing, so it starts no later than one that does.
public final class SpringBootApp {

    private static final List<String> SOURCES = List.of("pom.xml", "Application.java", "application.properties");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final String service;
    private final String openApi;
    private final List<Path> migrations;

    /// @param openApi the service's document
    /// @param migrations folders of SQL files
    public SpringBootApp(String service, String openApi, List<Path> migrations) {
        this.service = service;
        this.openApi = openApi;
        this.migrations = List.copyOf(migrations);
    }

    /// Builds it where it is not built yet, unpacked as its documentation advises for production.
    public Path jar(Consumer<String> progress) throws PeerMissing, InterruptedException {
        try {
            var folder = Cache.folder("spring-boot/" + service);
            var jar = folder.resolve("target/unpacked/peer.jar");
            if (!write(folder) || !Files.exists(jar)) {
                progress.accept("building Spring Boot with the endpoints of " + service + "-service");
                run(folder, "mvn", "-B", "-ntp", "-q", "-DskipTests", "clean", "package");
                run(
                        folder,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djarmode=tools",
                        "-jar",
                        "target/peer.jar",
                        "extract",
                        "--destination",
                        "target/unpacked");
            }
            return jar;
        } catch (IOException e) {
            throw new PeerMissing("Spring Boot: " + e.getMessage());
        }
    }

    private static void run(Path folder, String... command) throws PeerMissing, InterruptedException {
        var outcome = Shell.run(new ProcessBuilder(command).directory(folder.toFile()));
        if (!outcome.well()) {
            throw new PeerMissing("Spring Boot cannot be built: "
                    + outcome.output()
                            .lines()
                            .filter(line -> line.startsWith("[ERROR]"))
                            .findFirst()
                            .orElse(outcome.lastLine()));
        }
    }

    /// @return whether all was as it is already
    private boolean write(Path folder) throws IOException {
        var java = Files.createDirectories(folder.resolve("src/main/java/peer"));
        var resources = Files.createDirectories(folder.resolve("src/main/resources/db/migration"));
        var same = put(java.resolve("Endpoints.java"), endpoints());
        for (var source : SOURCES) {
            var target = source.endsWith(".java")
                    ? java
                    : source.endsWith(".properties") ? resources.getParent().getParent() : folder;
            same &= put(target.resolve(source), resource(source));
        }
        for (var migration : migrations) {
            try (var files = Files.newDirectoryStream(migration, "*.sql")) {
                for (var file : files) {
                    same &= put(resources.resolve(file.getFileName()), Files.readString(file));
                }
            }
        }
        return same;
    }

    private static boolean put(Path file, String text) throws IOException {
        var same = Files.exists(file) && Files.readString(file).equals(text);
        Files.writeString(file, text);
        return same;
    }

    private static String resource(String name) throws IOException {
        try (var in = SpringBootApp.class.getResourceAsStream("/spring-boot/" + name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private String endpoints() throws IOException {
        var text = new StringBuilder("""
                package peer;

                import java.util.Map;
                import org.springframework.web.bind.annotation.*;

                @RestController
                public class Endpoints {
                """);
        var count = 0;
        for (var path : paths().properties()) {
            for (var operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    text.append("""

                                @RequestMapping(method = RequestMethod.%s, path = "%s")
                                public Map<String, Object> endpoint%d(@RequestBody(required = false) Map<String, Object> body) {
                                    return Map.of();
                                }
                            """.formatted(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), count++));
                }
            }
        }
        return text.append("}\n").toString();
    }

    /// How many endpoints the service has.
    public int operations() throws IOException {
        var count = 0;
        for (var path : paths()) {
            count += (int) path.properties().stream()
                    .filter(operation -> METHODS.contains(operation.getKey()))
                    .count();
        }
        return count;
    }

    private JsonNode paths() throws IOException {
        return new ObjectMapper().readTree(openApi).path("paths");
    }
}
