package io.regulars.bench.relay;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.peer.MavenPeer;
import io.regulars.bench.report.Report;
import io.regulars.bench.world.World;

/// Kafka's own measure of a producer: what is possible where no database is read.
final class ProducerPerformance {

    private static final MavenPeer PACKAGE =
            new MavenPeer("kafka-tools", "org.apache.kafka:kafka-tools", "org.slf4j:slf4j-jdk14");
    private static final String TOPIC = "peer.performance";
    private static final Pattern RATE = Pattern.compile("(\\d+) records sent, ([0-9.]+) records/sec");

    private final World world;
    private final String classPath;
    private final Path bodies;
    private final int count;

    private ProducerPerformance(World world, String classPath, Path bodies, int count) {
        this.world = world;
        this.classPath = classPath;
        this.bodies = bodies;
        this.count = count;
    }

    static ProducerPerformance find(World world, OutboxRows rows, Consumer<String> progress) throws Exception {
        var fetched = PACKAGE.find(progress);
        world.broker().create(TOPIC);
        return new ProducerPerformance(
                world,
                fetched.classPath(),
                rows.bodies(world.home().folder().resolve("kafka-tools/bodies")),
                rows.count());
    }

    /// By the rate that it tells itself, without the start of its JVM; its processor time is with it.
    Sample run(Report report) throws Exception {
        try (var topic = world.broker().since(TOPIC)) {
            var meter = Meter.over();
            var outcome =
                    new ProcessBuilder(command()).redirectErrorStream(true).start();
            var output = new String(outcome.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            // It tells of each few seconds, and last of the whole.
            var told = RATE.matcher(output).results().toList();
            if (outcome.waitFor() != 0 || told.isEmpty()) {
                throw new IllegalStateException("ProducerPerformance failed: " + output);
            }
            var rate = Double.parseDouble(told.getLast().group(2));
            var sample = meter.rate(count, rate);
            topic.awaitGrowth(count);
            report.check(
                    "ProducerPerformance: records in Kafka",
                    "%d records".formatted(count),
                    topic.growth() + " records");
            return sample;
        }
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                classPath,
                "org.apache.kafka.tools.ProducerPerformance",
                "--topic",
                TOPIC,
                "--num-records",
                Integer.toString(count),
                "--payload-file",
                bodies.toString(),
                "--throughput",
                "-1",
                "--producer-props",
                "bootstrap.servers=" + world.broker().servers(),
                "acks=all",
                "compression.type=lz4",
                "batch.size=131072",
                "linger.ms=5");
    }
}
