package io.regulars.bench.peer;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.ProcessTree;

/// A peer in a JVM of its own. It says `ready` on its output, and stops when its input ends.
public final class PeerJvm implements AutoCloseable {

    public static final String READY = "ready";

    private static final long STOPS_WITHIN_SECONDS = 20;

    private final Process process;
    private final BufferedReader output;
    private final Path log;

    private PeerJvm(Process process, Path log) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    /// The folder of this program's own classes, where the peer's side of a benchmark lies as well.
    public static String ownClasses() {
        return Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0])
                .toString();
    }

    /// @param main a class that needs nothing but the class path that is given
    /// @param log where its errors go
    public static PeerJvm start(String main, String classPath, List<String> options, Path log, String... arguments)
            throws IOException {
        Files.createDirectories(log.getParent());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        return new PeerJvm(builder.start(), log);
    }

    public void awaitReady() throws IOException {
        for (var line = output.readLine(); !READY.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IllegalStateException("the peer ended before it was ready; its log is " + log);
            }
        }
    }

    public ProcessTree tree() {
        return new ProcessTree(process.pid());
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
