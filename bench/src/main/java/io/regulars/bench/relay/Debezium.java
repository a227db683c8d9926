package io.regulars.bench.relay;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.regulars.bench.measure.ProcessTree;
import io.regulars.bench.peer.MavenPeer;
import io.regulars.bench.peer.PeerJvm;
import io.regulars.bench.report.Report;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.World;
import io.regulars.embedded.Postgres;

/// The peer that reads an outbox by logical replication, in a JVM as large as the service's.
final class Debezium implements AutoCloseable {

    static final String TOPIC = "peer.orders";

    private static final MavenPeer PACKAGE = new MavenPeer(
            "debezium",
            "io.debezium:debezium-embedded",
            "io.debezium:debezium-connector-postgres",
            "org.slf4j:slf4j-jdk14");
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);

    private final PeerJvm jvm;

    private Debezium(PeerJvm jvm) {
        this.jvm = jvm;
    }

    static Debezium start(World world, Report report, Consumer<String> progress) throws Exception {
        var fetched = PACKAGE.find(progress);
        var database = world.database("customer");
        // Who has Debezium read an outbox deletes the rows at once, so the peer's table needs no index to find them by.
        database.run("create table peer.outbox (like public.outbox including defaults including identity)");
        world.broker().create(TOPIC);
        var jvm = PeerJvm.start(
                DebeziumMain.class.getName(),
                PeerJvm.ownClasses() + java.io.File.pathSeparator + fetched.classPath(),
                RelayBenchmark.JVM,
                world.home().log("debezium"),
                Integer.toString(database.port()),
                database.name(),
                Postgres.USER,
                Postgres.PASSWORD,
                world.broker().servers(),
                world.home().temporary().resolve("debezium-offsets").toString());
        var debezium = new Debezium(jvm);
        try {
            jvm.awaitReady();
            debezium.awaitReader(database);
        } catch (Exception e) {
            debezium.close();
            throw e;
        }
        report.fact("Debezium", fetched.version() + ", pgoutput, batches of up to " + DebeziumMain.BATCH);
        return debezium;
    }

    private void awaitReader(Database database) throws SQLException, InterruptedException {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (database.number("select count(*) from pg_stat_replication where state = 'streaming'") == 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Debezium does not read the log of PostgreSQL");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /// The process of PostgreSQL that decodes the log for it.
    long reader(Database database) throws SQLException {
        return database.number("select pid from pg_stat_replication");
    }

    ProcessTree tree() {
        return jvm.tree();
    }

    /// Lets go of rows that were read.
    void forget(Database database) throws SQLException {
        database.run("truncate peer.outbox");
    }

    @Override
    public void close() throws java.io.IOException {
        jvm.close();
    }
}
