package io.regulars.bench.audience;

import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.report.Report;
import io.regulars.bench.shop.CampaignDatabase;
import io.regulars.bench.shop.Club;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.Merchant;
import io.regulars.bench.world.World;
import io.regulars.local.supervise.Selection;

/// Audiences, counted and paged through campaign-service's REST interface.
public final class AudienceBenchmark implements Benchmark {

    private static final Selection SYSTEM =
            Selection.of("customer", "campaign").withJvm("-Xmx768m", "-XX:+UseSerialGC");
    private static final Duration TOLD_WITHIN = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "audience";
    }

    @Override
    public String about() {
        return "fixed conditions as count and page over REST, against DuckDB and Lucene with the same customers";
    }

    @Override
    public Optional<Selection> shares() {
        return Optional.of(SYSTEM);
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        var customers = bench.customers(300_000, 10_000);
        try (var world = World.start(bench, name(), SYSTEM)) {
            world.describe(report);
            report.fact("customers", customers);
            report.say(
                    "Audiences: %d conditions, one after the other, are counted (with who may be reached on each channel) and paged (%d customers in an order that looks random), by POST to campaign-service; DuckDB and Lucene answer in the benchmark's own process, without a network, a token or other users' writes."
                            .formatted(Question.ALL.size(), Answers.PAGE));
            measure(bench, report, world, new Club(bench.seed(), customers, anHourAgo()));
        }
        return report;
    }

    private void measure(Bench bench, Report report, World world, Club club) throws Exception {
        var merchant = world.merchant(name());
        var database = world.database("campaign");
        awaitMerchant(database, merchant);
        bench.progress().accept("filling campaign-service's database");
        new CampaignDatabase(database, merchant.id()).customers(club);
        database.run("vacuum analyze");
        leaveIds(world, club.customers());
        bench.progress().accept("filling DuckDB and Lucene");
        var folder = Files.createTempDirectory(world.home().temporary(), "lucene");
        try (var duck = DuckAudience.load(database, merchant.id(), world.home().temporary());
                var lucene = LuceneAudience.index(club, bench.seed(), folder)) {
            report.fact("DuckDB", duck.version());
            report.fact("Lucene", lucene.version());
            report.fact(
                    "purchases", database.number("select count(*) from purchase where merchant_id = ?", merchant.id()));
            Ours ours = () -> new AudienceApi(world.service("campaign"), world.ownerToken(name()));
            new Answers(report, duck).checked(ours, lucene);
            new Races(bench, report, world, ours, List.of(duck, lucene)).all();
            new OwnWrites(report, world.api(merchant), ours).seen(bench.pick(10, 3));
        }
    }

    /// campaign-service, asked anew: a token lives for a quarter of an hour.
    interface Ours {
        AudienceApi open() throws Exception;
    }

    /// A customer who is made over the interface later must not get an id that a row here has.
    private static void leaveIds(World world, long used) throws SQLException {
        world.database("customer").run("select setval('customer_id_seq', %d)".formatted(used));
    }

    private static Instant anHourAgo() {
        return Instant.now().minusSeconds(3_600);
    }

    /// Its event brings the zone and the currency that conditions are read by.
    private static void awaitMerchant(Database database, Merchant merchant) throws Exception {
        var deadline = System.nanoTime() + TOLD_WITHIN.toNanos();
        while (database.number("select count(*) from shop where merchant_id = ?", merchant.id()) == 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("campaign-service was not told of the merchant within " + TOLD_WITHIN);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
