package io.regulars.bench.journey;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.Merchant;
import io.regulars.bench.world.Sinks;
import io.regulars.bench.world.World;
import io.regulars.local.api.ApiClient;
import io.regulars.local.supervise.Selection;

/// The whole system: an order lifts a tier, and the customer is told.
public final class JourneyBenchmark implements Benchmark {

    private static final String SHOP = "journey";
    private static final Selection SYSTEM =
            Selection.ALL.withJvm("-Xmx512m", "-XX:+UseSerialGC").withEnvironment(Sinks.mail());
    private static final Duration KNOWN_WITHIN = Duration.ofMinutes(3);

    @Override
    public String name() {
        return SHOP;
    }

    @Override
    public String about() {
        return "order posted, tier risen, e-mail with the mail server: latency at parts of the greatest rate, a burst";
    }

    @Override
    public Optional<Selection> shares() {
        return Optional.of(SYSTEM);
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        var visitors = new Visitors(bench.customers(60_000, 1_000));
        try (var sink = MailSink.open(Sinks.mailPort(), visitors::reach);
                var world = World.start(bench, name(), SYSTEM)) {
            world.describe(report);
            report.fact("customers", visitors.count());
            var merchant = world.merchant(SHOP);
            world.api(merchant).postAll("/api/customer/v1/customers/batch", visitors.profiles(), false, sent -> {});
            bench.progress().accept("customers are told");
            awaitAudience(world, merchant, visitors.count());
            campaign(ApiClient.user(world.ports().publicUrl(), "owner@" + SHOP + ".example", "password-of-" + SHOP));
            for (var service : List.of("customer", "scoring", "campaign")) {
                world.database(service).run("vacuum analyze");
            }
            new Floor(world, sink).report(report, bench.pick(500, 20));
            new Journeys(bench, report, world, merchant, visitors).measure();
        }
        return report;
    }

    /// Until campaigns know each customer by profile and by score.
    private static void awaitAudience(World world, Merchant merchant, int customers)
            throws SQLException, InterruptedException {
        var deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (world.database("campaign")
                        .number(
                                "select count(*) from audience where merchant_id = ? and profile_version > 0 and tier_seq > 0",
                                merchant.id())
                < customers) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("campaigns do not know all customers after " + KNOWN_WITHIN);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static void campaign(ApiClient owner) {
        // Nothing is capped and no hours are quiet.
        owner.put("/api/campaign/v1/guardrails", Map.of());
        var template = Map.of(
                "subject", "You are {customer.tier} now",
                "text", "Dear customer, your membership at {shop.name} is now {customer.tier}.\n\n{unsubscribeUrl}");
        var made = owner.post(
                "/api/campaign/v1/campaigns",
                Map.of(
                        "name",
                        "Tier notice",
                        "trigger",
                        Map.of("type", "tier-changed", "direction", "up"),
                        "holdoutPercent",
                        0,
                        "steps",
                        List.of(Map.of("type", "send", "channel", "email", "template", template))));
        owner.post("/api/campaign/v1/campaigns/" + made.path("id").asText() + "/activate", Map.of());
    }
}
