package io.regulars.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.regulars.bench.world.Database;
import io.regulars.embedded.Postgres;

/// PostgreSQL's own benchmark program: what the server can do when the client is thin.
public final class Pgbench {

    private static final DebianTool PACKAGE = new DebianTool(
            "pgbench", "usr/lib/postgresql/*/bin", List.of("postgresql-[0-9]+", "libpq5"), List.of("--version"));
    private static final Pattern TRANSACTIONS = Pattern.compile("number of transactions actually processed: (\\d+)");
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

    private final Tool tool;

    private Pgbench(Tool tool) {
        this.tool = tool;
    }

    /// @param transactionsPerSecond without the time it took to connect
    public record Outcome(long transactions, double transactionsPerSecond) {}

    public static Pgbench find(Consumer<String> progress) throws PeerMissing, InterruptedException {
        return new Pgbench(PACKAGE.find(progress));
    }

    public String version() {
        return tool.version();
    }

    /// Runs a script of SQL, prepared once for each client.
    public Outcome run(Database database, Path script, int clients, Duration time)
            throws IOException, InterruptedException {
        var builder = tool.command(List.of(
                "-n",
                "-M",
                "prepared",
                "-h",
                "localhost",
                "-p",
                Integer.toString(database.port()),
                "-U",
                Postgres.USER,
                "-c",
                Integer.toString(clients),
                "-j",
                Integer.toString(Math.min(clients, Runtime.getRuntime().availableProcessors())),
                "-T",
                Long.toString(Math.max(1, time.toSeconds())),
                "-f",
                script.toString(),
                database.name()));
        builder.environment().put("PGPASSWORD", Postgres.PASSWORD);
        var outcome = Shell.run(builder);
        if (!outcome.well() || number(FAILED, outcome.output()) > 0) {
            throw new IllegalStateException("pgbench failed: " + outcome.output());
        }
        return new Outcome((long) number(TRANSACTIONS, outcome.output()), number(RATE, outcome.output()));
    }

    /// Keeps a script where pgbench finds it.
    public static Path script(Path folder, String name, String sql) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(name + ".sql"), sql, StandardCharsets.UTF_8);
    }

    private static double number(Pattern pattern, String output) {
        var found = pattern.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException("pgbench said something else: " + output);
        }
        return Double.parseDouble(found.group(1));
    }
}
