package io.regulars.bench.send;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.World;
import io.regulars.local.supervise.Selection;

/// A broadcast, every guardrail asked and every step durable, against programs that only send.
///
/// @param channels measured one after the other on the same services
public record SendBenchmark(String name, String about, List<Channel.Opening> channels) implements Benchmark {

    private static final String[] JVM = {"-Xmx96m", "-XX:+UseSerialGC"};

    public static SendBenchmark byMail() {
        return new SendBenchmark(
                "send",
                "a broadcast of personal e-mails against smtp-source, nodemailer and angus-mail into the same sink",
                List.of(ByMail::open));
    }

    public static SendBenchmark bySms() {
        return new SendBenchmark(
                "sms",
                "a broadcast by SMS against wrk posting to the same sink; and into a sink that takes 200 ms",
                List.of(BySms::open));
    }

    /// Both, where the start of the services is most of the time.
    public static SendBenchmark byAll() {
        return new SendBenchmark("send+sms", "a broadcast by each channel", List.of(ByMail::open, BySms::open));
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        var open = new ArrayList<Channel>();
        try {
            for (var channel : channels) {
                channel.open(bench, report).ifPresent(open::add);
            }
            if (!open.isEmpty()) {
                measure(bench, report, open);
            }
        } finally {
            for (var channel : open) {
                channel.close();
            }
        }
        return report;
    }

    private void measure(Bench bench, Report report, List<Channel> open) throws Exception {
        var settings = new HashMap<String, String>();
        open.forEach(channel -> settings.putAll(channel.settings()));
        var services = Selection.of("customer", "campaign").withJvm(JVM).withEnvironment(settings);
        try (var world = World.start(bench, name(), services)) {
            world.describe(report);
            for (var channel : open) {
                channel.measure(bench, report, world);
            }
        }
    }
}
