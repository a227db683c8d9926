package io.regulars.bench.tick;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.regulars.bench.report.Report;
import io.regulars.bench.shop.CampaignDatabase;
import io.regulars.bench.shop.Club;
import io.regulars.bench.shop.ScoringDatabase;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.TwoSizes;
import io.regulars.bench.world.World;
import io.regulars.local.supervise.Selection;
import io.regulars.local.unit.PostgresUnit;

/// Scheduled work: that it costs what is due, not what there is, and how much of it a second takes.
public final class TickBenchmark implements Benchmark {

    private static final int MERCHANT = 1_000_000;
    private static final String REVIEWS_EVERY = "0.2s";
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Selection SYSTEM = Selection.of("scoring", "campaign")
            .withJvm("-Xmx512m", "-XX:+UseSerialGC")
            .withEnvironment(
                    Map.of("REGULARS_JOURNEY_POLL", POLL.toString(), "REGULARS_SCORING_REVIEWS_EVERY", REVIEWS_EVERY));

    @Override
    public String name() {
        return "tick";
    }

    @Override
    public String about() {
        return "ticks with nothing due, many rows against few; enrolments due at once against db-scheduler";
    }

    @Override
    public Optional<Selection> shares() {
        return Optional.of(SYSTEM);
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        try (var world = World.start(bench, name(), SYSTEM)) {
            world.describe(report);
            report.fact("looks for what is due every", "%s (enrolments), %s (reviews)".formatted(POLL, REVIEWS_EVERY));
            empty(bench, report, world);
            dueTogether(bench, report, world);
        }
        return report;
    }

    private void empty(Bench bench, Report report, World world) throws Exception {
        var many = bench.customers(2_000_000, 20_000);
        var few = bench.pick(100_000, 2_000);
        report.say(
                "Empty tick: scoring-service looks for customers whose instant has come, campaign-service for enrolments that are due; none is. With %,d rows and with %,d, the median time of the statement as PostgreSQL logs it, from parsing to the last row."
                        .formatted(many, few));
        var farOff = Instant.now().plus(Duration.ofDays(300));
        var scoring = world.database("scoring");
        var histories = new ScoringDatabase(scoring, MERCHANT);
        histories.reviews(many, farOff);
        var reviews = new TwoSizes(scoring, "history", "review");
        reviews.few(() -> histories.reviews(few, farOff));

        var campaign = world.database("campaign");
        var rows = new CampaignDatabase(campaign, MERCHANT);
        rows.merchant();
        var one = rows.campaign();
        rows.enrolments(one, many, farOff);
        var enrolments = new TwoSizes(campaign, "enrolment");
        enrolments.few(() -> rows.enrolments(one, few, farOff));

        scoring.run("vacuum analyze");
        campaign.run("vacuum analyze");
        var log = new StatementLog(
                new Database("postgres", world.ports().postgres()), world.home().log(PostgresUnit.NAME));
        log.on();
        new EmptyTick(bench, report, log, "review", reviews, bench.pick(12, 1)).manyAgainstFew(many, few);
        new EmptyTick(bench, report, log, "enrolment", enrolments, bench.pick(100, 8)).manyAgainstFew(many, few);
        log.off();
        reviews.end();
        enrolments.end();
        report.check(
                "rows of review left",
                many,
                scoring.number("select count(*) from review where merchant_id = ? and due_at > now()", MERCHANT));
        report.check(
                "enrolments left alone",
                many,
                campaign.number(
                        "select count(*) from enrolment where merchant_id = ? and state = 'active' and due_at > now()",
                        MERCHANT));
        campaign.run("truncate enrolment");
    }

    private void dueTogether(Bench bench, Report report, World world) throws Exception {
        var enrolments = bench.pick(100_000, 3_000);
        var timers = bench.pick(10_000, 300);
        report.say(
                "Due at once: %,d enrolments stand at the end of a wait that is over, and campaign-service walks them to their end, asking again for each whether the campaign still concerns the customer; db-scheduler executes %,d timers that do nothing but count. Both are durable."
                        .formatted(enrolments, timers));
        var rows = new CampaignDatabase(world.database("campaign"), MERCHANT);
        rows.customers(new Club(bench.seed(), enrolments, Instant.now()));
        world.database("campaign").run("vacuum analyze");
        new DueTogether(bench, report, world, rows, enrolments, timers).againstOneTimerEach(POLL);
    }
}
