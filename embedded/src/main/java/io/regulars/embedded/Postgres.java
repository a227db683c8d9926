package io.regulars.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/// A real PostgreSQL 18 as a child process, listening on the loopback address only.
public final class Postgres implements AutoCloseable {

    public static final String USER = "postgres";
    public static final String PASSWORD = "postgres";

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final EmbeddedPostgres server;
    private final Path data;
    private final Path temporary;

    private Postgres(EmbeddedPostgres server, Path data, Path temporary) {
        this.server = server;
        this.data = data;
        this.temporary = temporary;
    }

    /// Starts on a folder that is kept, made by the first start.
    ///
    /// @param binaries where the server's programs are unpacked to, once
    /// @param log where the server's own output is appended to
    public static Postgres start(Path data, Path binaries, int port, Path log) {
        return start(data, null, binaries, port, log);
    }

    /// Starts an empty server on a free port; closing it leaves nothing behind. It does not wait for the disk, which a
    /// test has no use for.
    public static Postgres startTemporary() {
        var folder = Folders.temporary("postgres");
        return start(folder.resolve("data"), folder, Folders.cache("postgres-binaries"), Ports.free(), null);
    }

    private static Postgres start(Path data, Path temporary, Path binaries, int port, Path log) {
        var durable = temporary == null;
        var output = log == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.appendTo(log.toFile());
        Quiet.servers();
        try {
            Files.createDirectories(binaries);
            // One sort order on every machine, whatever its locales.
            var server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setOutputRedirector(output)
                    .setErrorRedirector(output)
                    .setPGStartupWait(START_LIMIT)
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", durable ? "256MB" : "128MB")
                    .setServerConfig("fsync", durable ? "on" : "off")
                    .setServerConfig("synchronous_commit", durable ? "on" : "off")
                    .setServerConfig("full_page_writes", durable ? "on" : "off")
                    .setServerConfig("log_min_messages", durable ? "warning" : "fatal")
                    .setServerConfig("timezone", "UTC")
                    .start();
            return new Postgres(server, data, temporary);
        } catch (IOException e) {
            Folders.delete(temporary);
            throw new UncheckedIOException("PostgreSQL did not start on port " + port + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.getPort();
    }

    public String jdbcUrl(String database) {
        return jdbcUrl(port(), database);
    }

    /// The process of the server itself, read from its own file.
    public long pid() {
        try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes the database unless it is there.
    public void createDatabase(String name) {
        createDatabase(port(), name);
    }

    static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    static void createDatabase(int port, String name) {
        try (var connection = DriverManager.getConnection(jdbcUrl(port, "postgres"), USER, PASSWORD)) {
            if (!exists(connection, name)) {
                try (var statement = connection.createStatement()) {
                    statement.execute("create database " + statement.enquoteIdentifier(name, true));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " cannot be created", e);
        }
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (var query = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            query.setString(1, name);
            return query.executeQuery().next();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(temporary);
        }
    }
}
