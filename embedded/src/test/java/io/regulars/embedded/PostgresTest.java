package io.regulars.embedded;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PostgresTest {

    private static final Path BINARIES = Folders.cache("postgres-binaries");

    @TempDir
    Path folder;

    @Test
    void keepsItsDataBetweenRuns() throws SQLException {
        var data = folder.resolve("data");
        var port = Ports.free();
        try (var postgres = Postgres.start(data, BINARIES, port, folder.resolve("log"))) {
            postgres.createDatabase("shop");
            run(postgres.jdbcUrl("shop"), "create table note (text text)");
            run(postgres.jdbcUrl("shop"), "insert into note values ('亲爱的')");
        }

        try (var postgres = Postgres.start(data, BINARIES, port, folder.resolve("log"))) {
            postgres.createDatabase("shop");

            assertThat(postgres.port()).isEqualTo(port);
            assertThat(text(postgres.jdbcUrl("shop"), "select text from note")).isEqualTo("亲爱的");
        }
    }

    @Test
    void isVersion18AndLeavesNothingBehind() throws SQLException {
        String url;
        try (var postgres = Postgres.startTemporary()) {
            url = postgres.jdbcUrl("postgres");

            assertThat(text(url, "show server_version")).startsWith("18.");
        }

        assertThatThrownBy(() -> text(url, "select '1'")).isInstanceOf(SQLException.class);
    }

    @Test
    void startsAgainAfterItWasKilled() throws Exception {
        var data = folder.resolve("data");
        var port = Ports.free();
        var postgres = Postgres.start(data, BINARIES, port, folder.resolve("log"));
        run(postgres.jdbcUrl("postgres"), "create table note (text text)");
        var process = ProcessHandle.of(postgres.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();
        postgres.close();

        try (var again = Postgres.start(data, BINARIES, port, folder.resolve("log"))) {
            assertThat(text(again.jdbcUrl("postgres"), "select count(*)::text from note"))
                    .isEqualTo("0");
        }
    }

    private static void run(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, Postgres.USER, Postgres.PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, Postgres.USER, Postgres.PASSWORD);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
