package io.regulars.local.unit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A JVM of its own: Kafka or one of the services.
public final class JavaUnit implements Unit {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final long LOG_LIMIT = 20_000_000;

    private final String name;
    private final List<String> arguments;
    private final Supplier<Map<String, String>> environment;
    private final Path log;
    private final Processes processes;
    private final BooleanSupplier probe;

    /// @param arguments of the JVM
    /// @param environment asked at each start
    /// @param probe whether the process takes work
    public JavaUnit(
            String name,
            List<String> arguments,
            Supplier<Map<String, String>> environment,
            Path log,
            Processes processes,
            BooleanSupplier probe) {
        this.name = name;
        this.arguments = List.copyOf(arguments);
        this.environment = environment;
        this.log = log;
        this.processes = processes;
        this.probe = probe;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        if (process().isPresent()) {
            return;
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        try {
            rotate();
            var builder = new ProcessBuilder(Session.own(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment.get());
            processes.remember(name, builder.start().toHandle());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    @Override
    public boolean ready() {
        return process().isPresent() && probe.getAsBoolean();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return processes.find(name);
    }

    @Override
    public void stop() {
        process().ifPresent(process -> Processes.end(List.of(process), STOP_PATIENCE));
        processes.forget(name);
    }

    private void rotate() throws IOException {
        Files.createDirectories(log.getParent());
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, log.resolveSibling(name + ".1.log"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
