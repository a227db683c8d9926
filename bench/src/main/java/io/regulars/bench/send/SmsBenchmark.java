package io.regulars.bench.send;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.peer.PeerMissing;
import io.regulars.bench.peer.Wrk;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.Sinks;
import io.regulars.bench.world.World;
import io.regulars.local.supervise.Selection;

/// A broadcast by SMS, every guardrail asked and every step durable, against a program that only posts.
public final class SmsBenchmark implements Benchmark {

    private static final String[] JVM = {"-Xmx96m", "-XX:+UseSerialGC"};
    private static final int CONNECTIONS = 32;
    private static final Selection SYSTEM = Selection.of("customer", "campaign")
            .withJvm(JVM)
            .withEnvironment(Map.of(
                    "REGULARS_SMS_URL", Sinks.smsUrl(),
                    "REGULARS_MESSAGE_SMS_CONCURRENCY", Integer.toString(CONNECTIONS)));
    private static final int MOST_WINDOWS = 8;
    private static final Duration SLOW = Duration.ofMillis(200);
    private static final String BODY = """
            {"to":"+8613100000001","text":"【sms】Dear Customer 1, what you liked is back，拒收请回复R",\
            "idempotencyKey":"2kq4x7o1n8v5m3c9b6z0a1s2d3f4g5h6j7k8l9q0w1e2r3t4y5"}""";

    @Override
    public String name() {
        return "sms";
    }

    @Override
    public String about() {
        return "a broadcast by SMS against wrk posting to the same sink; and into a sink that takes 200 ms";
    }

    @Override
    public Optional<Selection> shares() {
        return Optional.of(SYSTEM);
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        var customers = bench.customers(20_000, 400);
        try (var sink = new SmsSink(Sinks.smsPort())) {
            try (var world = World.start(bench, name(), SYSTEM)) {
                world.describe(report);
                report.fact("SMS of a turn", customers);
                report.fact("connections", CONNECTIONS);
                var broadcast = Broadcast.prepare(
                        bench,
                        report,
                        world,
                        "sms",
                        Map.of("text", "Dear {customer.name}, what you liked is back"),
                        customers);
                new Turns(bench, report, world, broadcast, sink, customers).run();
                report.figure(
                        "campaign-service, greatest resident memory of a turn",
                        broadcast.greatestMegabytes(),
                        "MB",
                        Goal.atMost(200));
            }
        }
        return report;
    }

    private record Turns(Bench bench, Report report, World world, Broadcast broadcast, SmsSink sink, int customers) {

        void run() throws Exception {
            report.say(
                    "SMS: %,d customers get a personal SMS each by a broadcast campaign, from its activation until every message is sent, as in the benchmark of e-mails; wrk posts one such body again and again to the same sink, a thread of the benchmark's own process, and stores nothing."
                            .formatted(customers));
            report.fact(
                    "warm-up",
                    WarmUp.run(bench.pick(MOST_WINDOWS, 0), () -> ours().value())
                            .toString());
            try {
                against(Wrk.find(bench.progress()));
            } catch (PeerMissing e) {
                report.missing("wrk", e.getMessage());
            }
            slow();
        }

        private void against(Wrk wrk) throws Exception {
            report.fact("wrk", wrk.version());
            var race = Race.run(
                    "SMS against wrk",
                    bench.rounds(),
                    new Contestant("campaign-service", round -> ours()),
                    new Contestant("wrk", round -> theirs(wrk)),
                    bench.progress());
            report.race(race, "SMS/s", Goal.atLeast(0.4));
        }

        private Sample ours() throws Exception {
            sink.forget();
            var sample = broadcast.run(customers, sink::taken);
            report.check("SMS with different keys at the sink", customers, sink.differentKeys());
            return sample;
        }

        private Sample theirs(Wrk wrk) throws Exception {
            var before = sink.taken();
            var meter = Meter.over();
            var outcome = wrk.post(
                    world.home().temporary(),
                    sink.url(),
                    BODY,
                    CONNECTIONS,
                    2,
                    bench.pick(Duration.ofSeconds(4), Duration.ofSeconds(1)));
            var sample = meter.rate(outcome.requests(), outcome.perSecond());
            // wrk hangs up on what is still on its way at its end.
            report.check(
                    "wrk: answers that the sink knows of",
                    true,
                    sink.taken() - before >= outcome.requests()
                            && sink.taken() - before <= outcome.requests() + CONNECTIONS);
            return sample;
        }

        /// Each connection has one request on its way: no more than that is to be had.
        private void slow() throws Exception {
            report.say(
                    "Slow sink: each answer takes %d ms. The rate from the first request to the last answer, as a part of connections ÷ latency."
                            .formatted(SLOW.toMillis()));
            var most = CONNECTIONS / (SLOW.toMillis() / 1e3);
            var few = (int) Math.min(customers, most * bench.pick(8, 2));
            broadcast.leaveOnly(few);
            sink.answersAfter(SLOW);
            sink.forget();
            broadcast.run(few, sink::taken);
            report.check("slow sink: SMS with different keys", few, sink.differentKeys());
            report.figure(
                    "slow sink: share of connections ÷ latency",
                    few / sink.seconds() / most,
                    "of 1",
                    Goal.atLeast(0.95));
        }
    }
}
