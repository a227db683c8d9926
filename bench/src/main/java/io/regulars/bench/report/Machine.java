package io.regulars.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What it was measured on, and of which state of the project.
public final class Machine {

    private Machine() {}

    /// Cores, memory, processor, kernel, JDK and commit; what cannot be known is left out.
    public static Map<String, Object> describe(Path root) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        put(facts, "memory", field("/proc/meminfo", "MemTotal"));
        put(facts, "processor", field("/proc/cpuinfo", "model name"));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put(
                "load",
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage());
        facts.put("jdk", System.getProperty("java.vendor.version", "") + " " + Runtime.version());
        put(facts, "commit", commit(root));
        return facts;
    }

    private static void put(Map<String, Object> facts, String name, String value) {
        if (value != null && !value.isBlank()) {
            facts.put(name, value);
        }
    }

    private static String field(String file, String name) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /// With a plus where the folder holds changes that are in no commit.
    private static String commit(Path root) {
        var head = git(root, "rev-parse", "--short=12", "HEAD");
        return head == null ? null : head + ("".equals(git(root, "status", "--porcelain", "-uno")) ? "" : "+");
    }

    private static String git(Path root, String... words) {
        var command = new java.util.ArrayList<>(java.util.List.of("git", "-C", root.toString()));
        command.addAll(java.util.List.of(words));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? answer : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
