package io.regulars.bench.journey;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/// A mail server that takes every message, keeps none and tells to whom each went, before it says so to the sender.
final class MailSink implements AutoCloseable {

    /// Whose messages are taken and not told of.
    static final String NOBODY = "nobody@example.com";

    private static final int BACKLOG = 200;

    private final ServerSocket server;
    private final Consumer<String> arrived;

    private MailSink(ServerSocket server, Consumer<String> arrived) {
        this.server = server;
        this.arrived = arrived;
    }

    /// @param port 0 for any that is free
    /// @param arrived told each recipient's address, on the thread of the connection
    static MailSink open(int port, Consumer<String> arrived) throws IOException {
        var sink = new MailSink(new ServerSocket(port, BACKLOG, InetAddress.getByName("localhost")), arrived);
        Thread.ofVirtual().name("mail-sink").start(sink::accept);
        return sink;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // It was closed.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            talk(socket, new BufferedInputStream(socket.getInputStream(), 16_384));
        } catch (EOFException | SocketException e) {
            // The sender has gone, as it may at any time.
            return;
        } catch (IOException e) {
            throw new IllegalStateException("the mail sink broke", e);
        }
    }

    private void talk(Socket socket, InputStream in) throws IOException {
        answer(socket, "220 sink");
        String recipient = null;
        while (true) {
            var line = line(in);
            switch (line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT)) {
                case "RCPT" -> {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                    answer(socket, "250 ok");
                }
                case "DATA" -> {
                    answer(socket, "354 go on");
                    var text = line(in);
                    while (!text.equals(".")) {
                        text = line(in);
                    }
                    if (!NOBODY.equals(recipient)) {
                        arrived.accept(recipient);
                    }
                    answer(socket, "250 taken");
                }
                case "QUIT" -> {
                    answer(socket, "221 bye");
                    return;
                }
                default -> answer(socket, "250 ok");
            }
        }
    }

    private static void answer(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(80);
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the sender has gone");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
