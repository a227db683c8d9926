package io.regulars.bench.tick;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.regulars.bench.world.Database;

/// What PostgreSQL itself says of the statements that it ran and how long each took, read from its log: so a service
/// is measured by what it does, not by a copy of its SQL.
final class StatementLog {

    private static final Pattern ENTRY = Pattern.compile(
            "^\\d{4}-\\d\\d-\\d\\d .*? \\[(\\d+)] LOG:  duration: ([0-9.]+) ms  (parse|bind|execute) [^:]*: (.*)$");
    private static final Pattern ANY_ENTRY = Pattern.compile("^\\d{4}-\\d\\d-\\d\\d .*? [A-Z]+:  .*$");

    /// @param process of the server, one for each connection
    /// @param stage parse, bind (which plans) or execute
    record Timed(long process, String stage, double millis, String sql) {}

    private final Database database;
    private final Path log;

    StatementLog(Database database, Path log) {
        this.database = database;
        this.log = log;
    }

    void on() throws SQLException {
        setting("alter system set log_min_duration_statement = 0");
    }

    void off() throws SQLException {
        setting("alter system reset log_min_duration_statement");
    }

    private void setting(String sql) throws SQLException {
        database.run(sql);
        database.run("select pg_reload_conf()");
    }

    /// Where the log ends now.
    long end() throws IOException {
        return Files.size(log);
    }

    /// What was logged from that place on and is wanted.
    List<Timed> from(long place, Predicate<String> wanted) throws IOException {
        try (var file = Files.newByteChannel(log)) {
            file.position(place);
            var bytes = java.nio.channels.Channels.newInputStream(file).readAllBytes();
            return parse(new String(bytes, StandardCharsets.UTF_8)).stream()
                    .filter(one -> wanted.test(one.sql()))
                    .toList();
        }
    }

    /// The lines of a statement after its first begin with a tab.
    static List<Timed> parse(String text) {
        var found = new ArrayList<Timed>();
        Timed open = null;
        for (var line : text.split("\n")) {
            var entry = ENTRY.matcher(line);
            if (entry.matches()) {
                open = add(found, open);
                open = new Timed(
                        Long.parseLong(entry.group(1)),
                        entry.group(3),
                        Double.parseDouble(entry.group(2)),
                        entry.group(4));
            } else if (ANY_ENTRY.matcher(line).matches()) {
                open = add(found, open);
            } else if (open != null) {
                open = new Timed(open.process(), open.stage(), open.millis(), open.sql() + "\n" + line.strip());
            }
        }
        add(found, open);
        return found;
    }

    private static Timed add(List<Timed> found, Timed open) {
        if (open != null) {
            found.add(open);
        }
        return null;
    }
}
