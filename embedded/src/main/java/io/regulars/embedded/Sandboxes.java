package io.regulars.embedded;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;

/// The servers around the service under test: started by the first test that asks, stopped when the JVM ends.
public final class Sandboxes {

    private static final MailSandbox MAIL = MailSandbox.start(Ports.free(), Clock.systemUTC());
    private static final SmsSandbox SMS = SmsSandbox.start(0, secret(), Clock.systemUTC());

    private Sandboxes() {}

    public static MailSandbox mail() {
        return MAIL;
    }

    public static SmsSandbox sms() {
        return SMS;
    }

    public static String kafkaBootstrap() {
        return (String) SharedServers.call("kafkaBootstrap");
    }

    /// The JDBC URL of a database that nobody used before.
    public static String freshDatabase() {
        var port = (int) SharedServers.call("postgresPort");
        var name = "test_" + UUID.randomUUID().toString().replace("-", "");
        Postgres.createDatabase(port, name);
        return Postgres.jdbcUrl(port, name);
    }

    private static String secret() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
