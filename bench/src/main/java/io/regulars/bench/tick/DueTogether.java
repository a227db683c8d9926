package io.regulars.bench.tick;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.shop.CampaignDatabase;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.World;

/// Waits of many customers that ended while nobody looked: how soon they are all worked off.
final class DueTogether {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST_WINDOWS = 6;

    private final Bench bench;
    private final Report report;
    private final World world;
    private final Database database;
    private final CampaignDatabase rows;
    private final int enrolments;
    private final int timers;

    /// @param enrolments of one turn, of one customer each
    /// @param timers of one turn of the peer, which takes as long with fewer
    DueTogether(Bench bench, Report report, World world, CampaignDatabase rows, int enrolments, int timers) {
        this.bench = bench;
        this.report = report;
        this.world = world;
        this.database = world.database("campaign");
        this.rows = rows;
        this.enrolments = enrolments;
        this.timers = timers;
    }

    void againstOneTimerEach(Duration poll) throws Exception {
        try (var peer = DbScheduler.start(database, poll)) {
            report.fact("db-scheduler", peer.settings());
            report.fact(
                    "warm-up with enrolments",
                    WarmUp.run(bench.pick(MOST_WINDOWS, 0), () -> ours().value())
                            .toString());
            report.fact(
                    "warm-up of db-scheduler",
                    WarmUp.run(bench.pick(MOST_WINDOWS, 0), () -> theirs(peer).value())
                            .toString());
            var race = Race.run(
                    "due at once",
                    bench.rounds(),
                    new Contestant("campaign-service", round -> ours()),
                    new Contestant("db-scheduler", round -> theirs(peer)),
                    bench.progress());
            report.race(race, "timers/s", Goal.atLeast(20));
            report.figure("enrolments walked to their end", race.ourValue().median(), "1/s", Goal.atLeast(200_000));
        }
    }

    private Sample ours() throws Exception {
        var campaign = rows.campaign();
        rows.enrolments(campaign, enrolments, longAgo());
        var meter = Meter.over(world.process("campaign"), world.postgres());
        await(() -> database.number("""
                        select count(*) from (
                          select from enrolment where due_at is not null and not parked limit 1) as waiting
                        """) == 0);
        var sample = meter.rate(enrolments);
        report.check(
                "enrolments that went all the way",
                enrolments,
                database.number(
                        "select count(*) from enrolment where campaign_id = ? and state = 'finished'", campaign));
        database.run("delete from enrolment", "vacuum enrolment");
        return sample;
    }

    private Sample theirs(DbScheduler peer) throws Exception {
        var before = peer.executed();
        peer.schedule(timers, longAgo());
        var meter = Meter.withSelfOver(world.postgres());
        await(peer::idle);
        var sample = meter.rate(timers);
        report.check("db-scheduler: timers executed", timers, peer.executed() - before);
        database.run("vacuum db_scheduler.scheduled_tasks");
        return sample;
    }

    private static Instant longAgo() {
        return Instant.now().minus(Duration.ofDays(1));
    }

    private static void await(Callable<Boolean> done) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.call()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not worked off within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
