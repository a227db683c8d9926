package io.regulars.local.unit;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.regulars.embedded.Postgres;

/// PostgreSQL with the services' databases.
public final class PostgresUnit implements Unit {

    public static final String NAME = "postgres";

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Path data;
    private final Path binaries;
    private final Path log;
    private final int port;
    private final List<String> databases;
    private final Processes processes;
    private Postgres postgres;

    public PostgresUnit(Path data, Path binaries, Path log, int port, List<String> databases, Processes processes) {
        this.data = data;
        this.binaries = binaries;
        this.log = log;
        this.port = port;
        this.databases = List.copyOf(databases);
        this.processes = processes;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized void start() {
        if (process().isPresent()) {
            return;
        }
        release();
        postgres = Postgres.start(data, binaries, port, log);
        ProcessHandle.of(postgres.pid()).ifPresent(process -> processes.remember(NAME, process));
        databases.forEach(postgres::createDatabase);
    }

    @Override
    public boolean ready() {
        if (process().isEmpty()) {
            return false;
        }
        try (var socket = new Socket(InetAddress.getByName("localhost"), port)) {
            return socket.isConnected();
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Override
    public Optional<ProcessHandle> process() {
        return processes.find(NAME);
    }

    @Override
    public synchronized void stop() {
        if (postgres == null) {
            process().ifPresent(process -> Processes.end(List.of(process), STOP_PATIENCE));
        }
        release();
        processes.forget(NAME);
    }

    /// Lets go of a server that was stopped, or killed from outside.
    private void release() {
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
    }
}
