package io.regulars.campaign.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A mail server on a socket that answers as it is told: by command, `.` for the end of a message, else that all is
/// fine. `hang up` closes the connection, `hang up once` only the first time, `silence` says nothing; the command named
/// by `once` is answered as told one time only.
final class TestRelay implements AutoCloseable {

    private static final String UNDER_TLS = "AUTH PLAIN";

    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> secured = new CopyOnWriteArrayList<>();
    private final SSLContext tls;
    private final boolean implicit;
    private final ServerSocket listening;
    private final Thread accepting;

    private TestRelay(SSLContext tls, boolean implicit) {
        this.tls = tls;
        this.implicit = implicit;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.accepting = Thread.ofVirtual().start(this::accept);
    }

    static TestRelay inClear() {
        return new TestRelay(null, false);
    }

    /// One that offers STARTTLS, and to log in after it.
    static TestRelay withStartTls(SSLContext tls) {
        return new TestRelay(tls, false);
    }

    static TestRelay underTls(SSLContext tls) {
        return new TestRelay(tls, true);
    }

    int port() {
        return listening.getLocalPort();
    }

    Map<String, String> replies() {
        return replies;
    }

    int connections() {
        return connections.get();
    }

    /// What was said in clear.
    List<String> lines() {
        return lines;
    }

    /// What was said under TLS.
    List<String> secured() {
        return secured;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Socket socket = implicit ? secure(client) : client;
            say(socket, "220 ready");
            converse(socket, implicit ? secured : lines, implicit ? UNDER_TLS : tls == null ? "fine" : "STARTTLS");
        } catch (IOException e) {
            // the client has had enough
            return;
        }
    }

    private void converse(Socket client, List<String> heard, String offer) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        boolean data = false;
        String line;
        while ((line = in.readLine()) != null) {
            heard.add(line);
            String command = data ? line : line.split("[ :]")[0];
            if (data && !".".equals(line)) {
                continue;
            }
            String reply = replies.getOrDefault(command, usual(command, offer));
            if ("hang up once".equals(reply) || replies.remove("once", command)) {
                replies.remove(command);
            }
            if (reply.startsWith("hang up")) {
                return;
            }
            if (!"silence".equals(reply)) {
                say(client, reply);
            }
            if (tls != null && "STARTTLS".equals(command)) {
                converse(secure(client), secured, UNDER_TLS);
                return;
            }
            data = "DATA".equals(command) && reply.startsWith("354");
        }
    }

    private static String usual(String command, String offer) {
        return switch (command) {
            case "DATA" -> "354 go on";
            case "STARTTLS" -> "220 go ahead";
            case "AUTH" -> "235 welcome";
            case "EHLO" -> "250-test\r\n250 " + offer;
            default -> "250 fine";
        };
    }

    private Socket secure(Socket client) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private static void say(Socket client, String reply) throws IOException {
        client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    /// The port is closed when nobody waits at it any more.
    @Override
    public void close() {
        try {
            listening.close();
            accepting.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
