package io.regulars.bench.ingest;

import io.regulars.bench.peer.PeerMissing;
import io.regulars.bench.peer.Pgbench;
import io.regulars.bench.report.Report;
import io.regulars.bench.shop.CustomerDatabase;
import io.regulars.bench.shop.OrderSource;
import io.regulars.bench.shop.ShopModel;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.World;
import io.regulars.local.supervise.Selection;

/// Orders into customer-service, by each way in.
public final class IngestBenchmark implements Benchmark {

    private static final String[] JVM = {"-Xmx1g", "-XX:+UseSerialGC"};

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public String about() {
        return "orders by single POST, in batches, as a CSV file and a second time, against pgbench and COPY";
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        var customers = bench.customers(20_000, 2_000);
        try (var world = World.start(bench, name(), Selection.of("customer").withJvm(JVM))) {
            var merchant = world.merchant("ingest");
            var database = world.database("customer");
            new CustomerDatabase(database, merchant.id()).customers(ShopModel.of(bench.seed(), customers));
            database.run("vacuum analyze");
            var shop = new Shopfront(
                    bench,
                    world,
                    merchant,
                    customers,
                    OrderSource.ofOneYear(bench.seed(), customers),
                    PeerTables.make(database, merchant.id(), customers),
                    report);
            world.describe(report);
            report.fact("customers", customers);
            measure(shop);
            report.fact("orders sent", shop.source().sums().split(" ")[0]);
        }
        return report;
    }

    private void measure(Shopfront shop) throws Exception {
        var single = new SingleOrders(shop);
        var batches = new Batches(shop);
        single.warmUp();
        try {
            var pgbench = Pgbench.find(shop.bench().progress());
            shop.report().fact("pgbench", pgbench.version());
            single.against(pgbench);
            batches.warmUp();
            batches.against(pgbench);
        } catch (PeerMissing e) {
            shop.report().missing("pgbench", e.getMessage());
        }
        single.latencies();
        new Replay(shop).againstTheFirstTime();
        new FileImport(shop).againstCopy();
    }
}
