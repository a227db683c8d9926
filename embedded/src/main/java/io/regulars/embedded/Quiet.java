package io.regulars.embedded;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Servers in this JVM say what they warn of, not what they do.
final class Quiet {

    /// Held, because the log manager forgets the levels of loggers that nobody holds.
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("io.zonky.test"),
            Logger.getLogger("com.icegreen"),
            Logger.getLogger("kafka"),
            Logger.getLogger("org.apache.kafka"),
            Logger.getLogger("state.change.logger"));

    /// It warns that a new broker is new.
    private static final Logger CONTROLLER = Logger.getLogger("org.apache.kafka.controller");

    private Quiet() {}

    static void servers() {
        // Kafka has the Log4j API on board and no use for it here.
        System.setProperty("log4j2.statusLoggerLevel", "OFF");
        LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
        CONTROLLER.setLevel(Level.SEVERE);
    }
}
