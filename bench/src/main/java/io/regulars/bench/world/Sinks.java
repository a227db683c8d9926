package io.regulars.bench.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/// Where what campaign-service sends is taken: ports that are known before it starts, and free until a benchmark
/// listens there.
public final class Sinks {

    private static final int MAIL = free();
    private static final int SMS = free();

    private Sinks() {}

    public static int mailPort() {
        return MAIL;
    }

    /// What campaign-service is told of it.
    public static Map<String, String> mail() {
        return Map.of("QUARKUS_MAILER_HOST", "127.0.0.1", "QUARKUS_MAILER_PORT", Integer.toString(MAIL));
    }

    public static int smsPort() {
        return SMS;
    }

    public static String smsUrl() {
        return "http://127.0.0.1:" + SMS + "/sms";
    }

    private static int free() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
