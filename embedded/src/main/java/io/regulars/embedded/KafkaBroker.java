package io.regulars.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// A real Kafka (KRaft, broker and controller in one node) inside this JVM, listening on the loopback address only.
public final class KafkaBroker implements AutoCloseable {

    private static final int NODE = 1;
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final int port;
    private final Path temporary;

    private KafkaBroker(KafkaRaftServer server, int port, Path temporary) {
        this.server = server;
        this.port = port;
        this.temporary = temporary;
    }

    /// Starts on a folder that is kept, formatted by the first start.
    public static KafkaBroker start(Path data, int port, int controllerPort) {
        return start(data, null, port, controllerPort);
    }

    /// Starts an empty broker on free ports; closing it leaves nothing behind.
    public static KafkaBroker startTemporary() {
        var folder = Folders.temporary("kafka");
        return start(folder.resolve("data"), folder, Ports.free(), Ports.free());
    }

    private static KafkaBroker start(Path data, Path temporary, int port, int controllerPort) {
        Quiet.servers();
        try {
            if (!Files.exists(data.resolve("meta.properties"))) {
                format(data);
            }
            var server = new KafkaRaftServer(new KafkaConfig(settings(data, port, controllerPort)), Time.SYSTEM);
            server.startup();
            return new KafkaBroker(server, port, temporary);
        } catch (Exception e) {
            Folders.delete(temporary);
            throw new IllegalStateException("Kafka did not start on port " + port + ": " + e.getMessage(), e);
        }
    }

    private static void format(Path data) throws Exception {
        Files.createDirectories(data);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setControllerListenerName(CONTROLLER)
                .setMetadataLogDirectory(data.toString())
                .addDirectory(data.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .run();
    }

    private static Map<String, String> settings(Path data, int port, int controllerPort) {
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put(
                "listeners", "PLAINTEXT://localhost:" + port + "," + CONTROLLER + "://localhost:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", data.toString());
        settings.put("num.partitions", "12");
        // Topics are the services' to create, with their partitions and compaction.
        settings.put("auto.create.topics.enable", "false");
        // Tests and local runs shift the services' clock; Kafka would refuse what is dated ahead of its own.
        settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        settings.put("log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
        // One node: nothing to replicate to.
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "2");
        // After a kill the new process has to wait until the old one's session is over.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        // Small and quick: a developer's machine, not a cluster.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
        settings.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
        return settings;
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /// Waits until the broker has stopped, for a process that does nothing else.
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        Folders.delete(temporary);
    }
}
