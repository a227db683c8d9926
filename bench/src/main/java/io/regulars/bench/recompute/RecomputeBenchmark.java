package io.regulars.bench.recompute;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import io.regulars.bench.report.Report;
import io.regulars.bench.shop.CustomerDatabase;
import io.regulars.bench.shop.OrderSource;
import io.regulars.bench.shop.ScoringDatabase;
import io.regulars.bench.shop.ShopModel;
import io.regulars.bench.shop.SteadyShop;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.Merchant;
import io.regulars.bench.world.World;
import io.regulars.local.supervise.Selection;

/// Scores brought up to date: those that changed, those that are due, and all of them anew.
public final class RecomputeBenchmark implements Benchmark {

    private static final Selection SYSTEM = Selection.of("customer", "scoring").withJvm("-Xmx768m", "-XX:+UseSerialGC");
    private static final int ORDERS = 10;

    @Override
    public String name() {
        return "recompute";
    }

    @Override
    public String about() {
        return "scores after one customer in a hundred bought, and all scored anew, against SQL and DuckDB; a thousand due";
    }

    @Override
    public Optional<Selection> shares() {
        return Optional.of(SYSTEM);
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        var customers = bench.customers(100_000, 3_000);
        try (var world = World.start(bench, name(), SYSTEM)) {
            world.describe(report);
            report.fact("customers", customers);
            report.say(
                    "Recompute: a shop of %,d customers with %d orders each. scoring-service holds what each of them bought in one row; hardly anything is bought again, so that forecasts are few. The peers compute frequency, amount, last day, group and tier from the raw orders: one SQL statement on the same server, which writes what changed, and DuckDB with the same orders in the benchmark's own process."
                            .formatted(customers, ORDERS));
            measure(bench, report, world, customers);
        }
        return report;
    }

    private void measure(Bench bench, Report report, World world, int customers) throws Exception {
        var merchant = world.merchant(name());
        var ours = new Recomputation(world, merchant);
        ours.awaitMerchant();
        bench.progress().accept("filling the databases");
        var today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        report.fact("orders", fill(bench, world, merchant, customers, today));
        ours.awaitCalibration();
        var scoring = world.database("scoring");
        scoring.run("vacuum analyze");
        var lately = new OrderSource(bench.seed(), customers, today.minus(30, ChronoUnit.DAYS), today);
        var told = new Told(world, merchant, lately);
        var sql = FromOrders.make(scoring, merchant.id());
        try (var duck = new DuckOrders(scoring, merchant.id(), world.home().temporary())) {
            report.fact("DuckDB", duck.version());
            var bare = new BareStatements(scoring, merchant.id());
            var rounds = new Rounds(bench, report, world, customers, sql, duck, bare);
            rounds.told(told);
            rounds.recomputed(ours);
            new DueScores(bench, report, world, merchant, customers).manyAgainstFew();
            rounds.checked("after reviews");
            new IngestMeanwhile(bench, report, told).against(() -> {
                ours.disturb(1);
                return ours.run(customers);
            });
            rounds.checked("after orders and recomputes at once");
        }
    }

    private static long fill(Bench bench, World world, Merchant merchant, int customers, Instant today)
            throws SQLException, InterruptedException {
        var scoring = world.database("scoring");
        var shop = new SteadyShop(bench.seed(), customers, ORDERS, today.minus(730, ChronoUnit.DAYS), today);
        var orders = new ScoringDatabase(scoring, merchant.id()).all(shop);
        scoring.run("analyze");
        // customer-service knows the customers, and gives no order an id that a row here has.
        var customer = world.database("customer");
        new CustomerDatabase(customer, merchant.id()).customers(ShopModel.of(bench.seed(), customers));
        customer.run("select setval('order_id_seq', %d)".formatted(orders), "analyze");
        return orders;
    }
}
