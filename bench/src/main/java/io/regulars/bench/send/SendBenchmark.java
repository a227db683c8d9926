package io.regulars.bench.send;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.ProcessTree;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.peer.AngusMail;
import io.regulars.bench.peer.Nodemailer;
import io.regulars.bench.peer.PeerMissing;
import io.regulars.bench.peer.Postfix;
import io.regulars.bench.peer.SmtpSink;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.Sinks;
import io.regulars.bench.world.World;
import io.regulars.local.supervise.Selection;

/// A broadcast by e-mail, every guardrail asked and every step durable, against programs that only send.
public final class SendBenchmark implements Benchmark {

    private static final String[] JVM = {"-Xmx96m", "-XX:+UseSerialGC"};
    private static final Selection SYSTEM =
            Selection.of("customer", "campaign").withJvm(JVM).withEnvironment(Sinks.mail());
    private static final int CONNECTIONS = 16;
    private static final int MOST_WINDOWS = 8;

    @Override
    public String name() {
        return "send";
    }

    @Override
    public String about() {
        return "a broadcast of personal e-mails against smtp-source, nodemailer and angus-mail into the same sink";
    }

    @Override
    public Optional<Selection> shares() {
        return Optional.of(SYSTEM);
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        Postfix postfix;
        try {
            postfix = Postfix.find(bench.progress());
        } catch (PeerMissing e) {
            report.missing("smtp-sink and smtp-source", e.getMessage());
            return report;
        }
        var customers = bench.customers(20_000, 400);
        var port = Sinks.mailPort();
        try (var world = World.start(bench, name(), SYSTEM)) {
            world.describe(report);
            report.fact("e-mails of a turn", customers);
            report.fact("connections of a peer", CONNECTIONS);
            report.fact("smtp-sink, smtp-source", postfix.version());
            var broadcast = Broadcast.prepare(bench, report, world, "email", Letter.template(), customers);
            var folder = world.home().temporary().resolve("sink");
            try (var sink = postfix.sink(folder, port, false)) {
                new Turns(bench, report, broadcast, postfix, sink, customers).run();
            }
            try (var sink = postfix.sink(folder.resolveSibling("keeping-sink"), port, true)) {
                broadcast.run(customers, sink::messages);
                checkKept(report, sink, customers);
            }
            report.figure(
                    "campaign-service, greatest resident memory of a turn",
                    broadcast.greatestMegabytes(),
                    "MB",
                    Goal.atMost(200));
        }
        return report;
    }

    /// After the races, one turn into a sink that keeps all.
    private static void checkKept(Report report, SmtpSink sink, int customers) throws IOException {
        try (var lines = sink.kept()) {
            report.check(
                    "different Message-IDs at the sink",
                    customers,
                    lines.filter(line -> line.startsWith("Message-ID: "))
                            .distinct()
                            .count());
        }
        try (var lines = sink.kept()) {
            report.fact(
                    "bytes of an e-mail",
                    lines.mapToLong(line -> line.length() + 2L).sum() / customers);
        }
    }

    private record Turns(
            Bench bench, Report report, Broadcast broadcast, Postfix postfix, SmtpSink sink, int customers) {

        void run() throws Exception {
            report.say(
                    "E-mail: %,d customers get a personal e-mail each by a broadcast campaign, from its activation until every message is sent; consent, cause, caps, quiet hours and holdout are asked when it is planned and again when it is claimed, intent and result are durable. The peers send as many of the same size into the same sink and store nothing."
                            .formatted(customers));
            report.fact(
                    "warm-up",
                    WarmUp.run(bench.pick(MOST_WINDOWS, 0), () -> ours().value())
                            .toString());
            race("smtp-source", Goal.atLeast(0.35), this::smtpSource);
            nodemailer();
            report.fact("angus-mail", AngusMail.version());
            report.fact(
                    "warm-up of angus-mail",
                    WarmUp.run(bench.pick(MOST_WINDOWS, 0), () -> angusMail().value())
                            .toString());
            race("angus-mail", Goal.atLeast(1), this::angusMail);
        }

        private void nodemailer() throws Exception {
            try {
                var peer = Nodemailer.find(bench.progress());
                report.fact("nodemailer", peer.version());
                race("nodemailer", Goal.atLeast(3), () -> nodemailer(peer));
            } catch (PeerMissing e) {
                report.missing("nodemailer", e.getMessage());
            }
        }

        private interface Turn {
            Sample take() throws Exception;
        }

        private void race(String peer, Goal goal, Turn theirs) throws Exception {
            var race = Race.run(
                    "e-mail against " + peer,
                    bench.rounds(),
                    new Contestant("campaign-service", round -> ours()),
                    new Contestant(peer, round -> theirs.take()),
                    bench.progress());
            report.race(race, "e-mails/s", goal);
        }

        private Sample ours() throws Exception {
            return broadcast.run(customers, sink::messages);
        }

        private Sample smtpSource() throws Exception {
            LongSupplier before = counted();
            var meter = Meter.over(new ProcessTree(sink.pid()));
            postfix.send(sink, CONNECTIONS, customers, Letter.BYTES);
            var sample = meter.rate(customers);
            report.check("smtp-source: messages at the sink", customers, before.getAsLong());
            return sample;
        }

        private Sample nodemailer(Nodemailer peer) throws Exception {
            LongSupplier before = counted();
            var meter = Meter.over(new ProcessTree(sink.pid()));
            var rate = peer.send(sink, CONNECTIONS, customers, Letter.plain());
            var sample = meter.rate(customers, rate);
            report.check("nodemailer: messages at the sink", customers, before.getAsLong());
            return sample;
        }

        private Sample angusMail() throws Exception {
            LongSupplier before = counted();
            var meter = Meter.withSelfOver(new ProcessTree(sink.pid()));
            AngusMail.send(sink, CONNECTIONS, customers, Letter.plain());
            var sample = meter.rate(customers);
            report.check("angus-mail: messages at the sink", customers, before.getAsLong());
            return sample;
        }

        /// How many came since now.
        private LongSupplier counted() {
            var before = sink.messages();
            return () -> sink.messages() - before;
        }
    }
}
