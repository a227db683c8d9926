package io.regulars.bench.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// An SMS gateway that takes everything, at once or after a while: one thread, one selector, and no thought for what
/// it is sent but its idempotency key.
final class SmsSink implements AutoCloseable {

    private static final int LARGEST = 16_384;
    private static final int BACKLOG = 1_000;
    private static final byte[] KEY = bytes("\"idempotencyKey\":\"");
    private static final byte[] LENGTH = bytes("content-length:");
    private static final byte[] BLANK_LINE = bytes("\r\n\r\n");
    private static final byte[] ANSWER =
            bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"id\":\"s1\"}");

    private record Promise(long due, SocketChannel to) {}

    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final Selector selector = Selector.open();
    private final Deque<Promise> promised = new ArrayDeque<>();
    private final Set<Long> keys = new HashSet<>();
    private final Thread thread;
    private volatile long delayNanos;
    private volatile long taken;
    private volatile long firstAt;
    private volatile long lastAt;

    SmsSink(int port) throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        thread = Thread.ofPlatform().name("sms-sink").daemon().start(this::run);
    }

    URI url() throws IOException {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort() + "/sms");
    }

    /// How long it takes over each answer from now on, while none waits.
    void answersAfter(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /// How many requests it has taken.
    long taken() {
        return taken;
    }

    /// The requests that it takes from now on are timed and their keys looked at.
    synchronized void forget() {
        keys.clear();
        firstAt = 0;
    }

    synchronized long differentKeys() {
        return keys.size();
    }

    /// From the first request to the last answer.
    double seconds() {
        return (lastAt - firstAt) / 1e9;
    }

    private void run() {
        try {
            while (server.isOpen()) {
                selector.select(this::ready, untilPromised());
                keepPromises();
            }
        } catch (IOException e) {
            if (server.isOpen()) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private long untilPromised() {
        var next = promised.peek();
        return next == null ? 0 : 1 + TimeUnit.NANOSECONDS.toMillis(Math.max(0, next.due() - System.nanoTime()));
    }

    private void keepPromises() {
        for (var next = promised.peek(); next != null && next.due() <= System.nanoTime(); next = promised.peek()) {
            answer(promised.poll().to());
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                var client = server.accept();
                client.configureBlocking(false);
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(LARGEST));
            } else {
                read((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    private void read(SocketChannel client, ByteBuffer buffer) throws IOException {
        if (client.read(buffer) < 0) {
            client.close();
            return;
        }
        var end = end(buffer.array(), buffer.position());
        if (end == 0) {
            return;
        }
        // No client here sends a request before it has the answer to the one before.
        take(buffer.array(), end);
        buffer.clear();
        if (delayNanos == 0) {
            answer(client);
        } else {
            promised.add(new Promise(System.nanoTime() + delayNanos, client));
        }
    }

    private synchronized void take(byte[] request, int end) {
        if (firstAt == 0) {
            firstAt = System.nanoTime();
        }
        var from = find(request, end, KEY, 0) + KEY.length;
        var hash = 0xcbf29ce484222325L;
        for (var i = from; i < end && request[i] != '"'; i++) {
            hash = (hash ^ request[i]) * 0x100000001b3L;
        }
        keys.add(hash);
        taken = taken + 1;
    }

    private void answer(SocketChannel client) {
        try {
            client.write(ByteBuffer.wrap(ANSWER));
            lastAt = System.nanoTime();
        } catch (IOException e) {
            // It has gone away without its answer.
            return;
        }
    }

    /// Where the request ends; 0 where it has not all come yet.
    private static int end(byte[] request, int length) {
        var head = find(request, length, BLANK_LINE, 0);
        if (head < 0) {
            return 0;
        }
        var at = find(request, head, LENGTH, 0x20);
        var size = 0;
        for (var i = at < 0 ? head : at + LENGTH.length; i < head && request[i] != '\r'; i++) {
            size = request[i] == ' ' ? size : size * 10 + request[i] - '0';
        }
        var end = head + BLANK_LINE.length + size;
        return end <= length ? end : 0;
    }

    /// @param lower the bit that makes letters small; 0 to take them as they are
    private static int find(byte[] in, int length, byte[] what, int lower) {
        for (var i = 0; i <= length - what.length; i++) {
            var j = 0;
            while (j < what.length && (in[i + j] == what[j] || (in[i + j] | lower) == what[j])) {
                j++;
            }
            if (j == what.length) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
        selector.close();
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
