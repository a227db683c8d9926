package io.regulars.bench.relay;

import java.util.List;

import io.regulars.bench.report.Report;
import io.regulars.bench.shop.CustomerDatabase;
import io.regulars.bench.shop.OrderEvents;
import io.regulars.bench.shop.ShopModel;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.World;
import io.regulars.local.supervise.Selection;

/// Events from customer-service's outbox to Kafka.
public final class RelayBenchmark implements Benchmark {

    static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseSerialGC");

    private static final int CUSTOMERS = 20_000;

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public String about() {
        return "events from the outbox to Kafka, against Debezium embedded and ProducerPerformance; commit to Kafka";
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        var selection = Selection.of("customer").withJvm(JVM.toArray(String[]::new));
        var settings = List.of("wal_level = logical", "track_commit_timestamp = on");
        try (var world = World.start(bench, name(), selection, settings)) {
            var merchant = world.merchant("relay");
            var customers = bench.customers(CUSTOMERS, 2_000);
            var database = world.database("customer");
            new CustomerDatabase(database, merchant.id()).customers(ShopModel.of(bench.seed(), customers));
            database.run("vacuum analyze");
            Outbox.awaitEmpty(database);
            world.describe(report);
            var rows = OutboxRows.draw(
                    database, OrderEvents.of(bench.seed(), merchant.id(), customers), bench.pick(100_000, 5_000));
            report.fact("events", rows.count());
            new OutboxToKafka(bench, report, world, rows).measure();
            new CommitToKafka(bench, report, world, merchant, customers).measure();
        }
        return report;
    }
}
