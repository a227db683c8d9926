package io.regulars.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// An SMS gateway: takes signed requests, delivers each idempotency key once, and fails or hangs when told
/// to. At its root it speaks the formats of Aliyun, Tencent Cloud and Twilio, whose account is `sandbox` with
/// the same secret.
public final class SmsSandbox implements AutoCloseable {

    static final int KEPT = Bounded.MOST;
    private static final int KEYS_REMEMBERED = 100_000;
    private static final int BODY_LIMIT = 64 * 1024;
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final String secret;
    private final Clock clock;
    private final Bounded<Sms> delivered = new Bounded<>(KEPT);
    private final Map<String, String> idOfKey = new LinkedHashMap<>();
    private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> codes = new ConcurrentLinkedQueue<>();
    private final SmsFormats formats;
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private long lastId;

    private record Request(String to, String text, String idempotencyKey) {}

    private record Answer(int status, Map<String, String> body) {}

    private SmsSandbox(int port, String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the SMS sandbox did not start on port " + port + ": " + e.getMessage(), e);
        }
        server.setExecutor(workers);
        server.createContext("/sms", this::handle);
        formats = new SmsFormats(secret, this::take);
        server.createContext("/", this::handleProvider);
    }

    /// @param port 0 for a free one
    public static SmsSandbox start(int port, String secret, Clock clock) {
        var sandbox = new SmsSandbox(port, secret, clock);
        sandbox.server.start();
        return sandbox;
    }

    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/sms");
    }

    /// Of the formats of Aliyun, Tencent Cloud and Twilio.
    public URI root() {
        return url().resolve("/");
    }

    public String secret() {
        return secret;
    }

    /// The newest delivered messages, oldest first.
    public List<Sms> received() {
        return delivered.list();
    }

    public List<Sms> receivedBy(String number) {
        return received().stream().filter(sms -> sms.to().equals(number)).toList();
    }

    /// How many were delivered since the start or the last `clear`, those no longer kept among them.
    public long total() {
        return delivered.total();
    }

    /// The next request gets this status and is not delivered; calls add up.
    public void failNext(int status) {
        failures.add(status);
    }

    /// The next request in a provider's format is answered with this code of theirs, and not delivered.
    public void refuseNext(String code) {
        codes.add(code);
    }

    /// Requests are read and not answered, until `clear`.
    public void hang() {
        hanging = new CountDownLatch(1);
    }

    /// Forgets messages and pending failures, but no idempotency key; answers what hangs.
    public void clear() {
        hanging.countDown();
        delivered.clear();
        failures.clear();
        codes.clear();
    }

    private void handleProvider(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readNBytes(BODY_LIMIT);
            awaitAnswer();
            var failure = failures.poll();
            var answer = failure == null
                    ? formats.answer(exchange, body, codes.poll())
                    : new SmsFormats.Answer(failure, Map.of("error", "told to fail"));
            send(exchange, answer.status(), answer.body());
        }
    }

    private void awaitAnswer() {
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String take(String to, String text) {
        var id = "sms-" + ++lastId;
        delivered.add(new Sms(id, Instant.now(clock).toString(), to, text, ""));
        return id;
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(exchange);
            send(exchange, answer.status(), answer.body());
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
        if (!exchange.getRequestMethod().equals("POST")) {
            return refuse(405, "POST a message");
        }
        if (body.length > BODY_LIMIT) {
            return refuse(413, "a message has at most " + BODY_LIMIT + " bytes");
        }
        awaitAnswer();
        var failure = failures.poll();
        if (failure != null) {
            return refuse(failure, "told to fail");
        }
        var headers = exchange.getRequestHeaders();
        if (!signed(headers.getFirst("X-Regulars-Timestamp"), headers.getFirst("X-Regulars-Signature"), body)) {
            return refuse(401, "bad signature");
        }
        try {
            return deliver(JSON.readValue(body, Request.class));
        } catch (JsonProcessingException e) {
            return refuse(400, "not a message: " + e.getOriginalMessage());
        }
    }

    private boolean signed(String timestamp, String signature, byte[] body) {
        if (timestamp == null || signature == null || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        // Its age does not count here: tests and local runs shift the services' clock.
        return MessageDigest.isEqual(
                SmsSignature.of(secret, timestamp, body).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized Answer deliver(Request request) {
        if (request.to() == null || !E164.matcher(request.to()).matches()) {
            return refuse(422, "not a telephone number in E.164");
        }
        if (request.text() == null || request.text().isBlank()) {
            return refuse(422, "no text");
        }
        if (request.idempotencyKey() == null || request.idempotencyKey().isBlank()) {
            return refuse(422, "no idempotencyKey");
        }
        var known = idOfKey.get(request.idempotencyKey());
        if (known != null) {
            return new Answer(200, Map.of("id", known));
        }
        var id = "sms-" + ++lastId;
        remember(request.idempotencyKey(), id);
        delivered.add(
                new Sms(id, Instant.now(clock).toString(), request.to(), request.text(), request.idempotencyKey()));
        return new Answer(200, Map.of("id", id));
    }

    private void remember(String key, String id) {
        idOfKey.put(key, id);
        if (idOfKey.size() > KEYS_REMEMBERED) {
            idOfKey.remove(idOfKey.keySet().iterator().next());
        }
    }

    private static Answer refuse(int status, String error) {
        return new Answer(status, Map.of("error", error));
    }

    @Override
    public void close() {
        hanging.countDown();
        server.stop(0);
        workers.close();
    }
}
