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

    /// The controller warns that a new broker is new, PostgreSQL's launcher that a killed server cannot be stopped.
    private static final List<Logger> ALARMISTS = List.of(
            Logger.getLogger("org.apache.kafka.controller"),
            Logger.getLogger("io.zonky.test.db.postgres.embedded.EmbeddedPostgres"));

    private Quiet() {}

    static void servers() {
        // Kafka has the Log4j API on board and no use for it here.
        System.setProperty("log4j2.statusLoggerLevel", "OFF");
        LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
        ALARMISTS.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
