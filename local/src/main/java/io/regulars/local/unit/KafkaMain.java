package io.regulars.local.unit;

import java.nio.file.Path;

import io.regulars.embedded.KafkaBroker;

/// The process that Kafka runs in: `KafkaMain DATA PORT CONTROLLER-PORT`.
public final class KafkaMain {

    private KafkaMain() {}

    public static void main(String[] arguments) {
        var port = Integer.parseInt(arguments[1]);
        var broker = KafkaBroker.start(Path.of(arguments[0]), port, Integer.parseInt(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-kafka"));
        System.out.println("Kafka listens on port " + port);
        broker.awaitShutdown();
    }
}
