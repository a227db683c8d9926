package io.regulars.campaign.channel;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import io.regulars.kit.fault.KillPoint;

/// An SMTP connection (RFC 5321) that knows whether the final dot is on its way: before it nothing can have been
/// accepted, after it only the relay's answer tells. Where the relay takes commands in a group (RFC 2920), a message
/// costs two round trips instead of four.
///
/// Whoever waits here for too long is woken by [#giveUp], from another thread.
final class SmtpConnection implements AutoCloseable {

    private static final int LONGEST_LINE = 4_096;
    private static final int MOST_LINES = 200;
    private static final int HANGS_UP = 421;
    private static final Pattern CODE = Pattern.compile("(?s)[2-5][0-9][0-9](?:[ -].*)?");

    /// What the relay said instead of what was hoped for.
    static final class Refusal extends Exception {

        private static final long serialVersionUID = 1;

        private final int code;

        Refusal(Reply reply) {
            super(reply.words());
            this.code = reply.code();
        }

        int code() {
            return code;
        }
    }

    /// @param lines without the code
    private record Reply(int code, List<String> lines) {
        String words() {
            return code + " " + String.join(" ", lines);
        }
    }

    private final SSLSocketFactory secured;
    private final Socket wire = new Socket();
    private Socket socket = wire;
    private InputStream in;
    private OutputStream out;
    private List<String> offers = List.of();
    private boolean dotted;
    private boolean brokeOff;
    private long restedAtNanos;
    private volatile boolean gaveUp;
    private volatile boolean waiting;
    private volatile long waitingSinceNanos;

    /// @param secured makes a socket under TLS, and knows whose certificates we believe
    SmtpConnection(SSLSocketFactory secured) {
        this.secured = secured;
    }

    /// Connects, and says who we are; must be called once, first.
    void open(SmtpConfig config) throws IOException, Refusal {
        socket.setTcpNoDelay(true);
        begin();
        socket.connect(
                new InetSocketAddress(config.host(), config.port()),
                Math.toIntExact(config.connectTimeout().toMillis()));
        var tls = SmtpConfig.Tls.of(config);
        if (tls == SmtpConfig.Tls.IMPLICIT) {
            secure(config);
        }
        streams();
        expect(reply(), 220);
        hello(config);
        switch (tls) {
            case DISABLED, IMPLICIT -> {}
            case OPTIONAL -> startTls(config);
            case REQUIRED -> {
                if (!startTls(config)) {
                    throw new IOException("the relay offers no STARTTLS, which is required (regulars.smtp.tls)");
                }
            }
        }
        if (config.username().isPresent()) {
            login(config.username().get(), config.password().orElse(""));
        }
        waiting = false;
    }

    private void streams() throws IOException {
        in = new BufferedInputStream(socket.getInputStream(), LONGEST_LINE);
        out = socket.getOutputStream();
    }

    private void hello(SmtpConfig config) throws IOException, Refusal {
        // what was offered in clear is not offered under TLS
        offers = List.of();
        Reply reply = ask("EHLO " + config.helo());
        if (reply.code() / 100 == 5) {
            expect(ask("HELO " + config.helo()), 250);
            return;
        }
        expect(reply, 250);
        offers = reply.lines().stream()
                .skip(1)
                .map(line -> line.toUpperCase(Locale.ROOT))
                .toList();
    }

    /// @return whether the relay offers it
    private boolean startTls(SmtpConfig config) throws IOException, Refusal {
        if (!offers.contains("STARTTLS")) {
            return false;
        }
        expect(ask("STARTTLS"), 220);
        if (in.available() > 0) {
            // written by somebody on the way, to be taken for an answer under TLS (CVE-2011-0411)
            throw new IOException("the relay went on in clear after it had agreed to TLS");
        }
        secure(config);
        streams();
        hello(config);
        return true;
    }

    /// With somebody whose certificate names the host (RFC 6125).
    private void secure(SmtpConfig config) throws IOException {
        var tls = (SSLSocket) secured.createSocket(socket, config.host(), config.port(), true);
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        socket = tls;
    }

    private void login(String username, String password) throws IOException, Refusal {
        String ways = offers.stream()
                .filter(offer -> offer.startsWith("AUTH"))
                .findFirst()
                .orElse("");
        if (ways.contains("PLAIN")) {
            expect(ask("AUTH PLAIN " + base64("\0" + username + "\0" + password)), 235);
        } else if (ways.contains("LOGIN")) {
            expect(ask("AUTH LOGIN"), 334);
            expect(ask(base64(username)), 334);
            expect(ask(base64(password)), 235);
        } else {
            throw new IOException("the relay offers neither AUTH PLAIN nor AUTH LOGIN");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param message with lines that end in CRLF
    /// @throws Refusal where the relay said no; nothing was accepted
    /// @throws IOException where it said nothing; [#dotted] tells whether it may have accepted the message
    void deliver(String from, String to, byte[] message) throws IOException, Refusal {
        begin();
        var commands = List.of("MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">", "DATA");
        if (offers.contains("PIPELINING")) {
            write(bytes(String.join("\r\n", commands) + "\r\n"));
            var replies = List.of(reply(), reply(), reply());
            expect(replies.get(0), 250);
            expect(replies.get(1), 250, 251);
            expect(replies.get(2), 354);
        } else {
            expect(ask(commands.get(0)), 250);
            expect(ask(commands.get(1)), 250, 251);
            expect(ask(commands.get(2)), 354);
        }
        KillPoint.SMTP_AFTER_DATA.reach();
        byte[] ending = Dots.stuffed(message);
        dotted = true;
        write(ending);
        KillPoint.SMTP_AFTER_DOT.reach();
        expect(reply(), 250);
        KillPoint.SMTP_AFTER_RECEIPT.reach();
        waiting = false;
    }

    /// Whether the message at hand may have been accepted.
    boolean dotted() {
        return dotted;
    }

    /// Whether the relay hung up before it said anything of the message at hand.
    boolean brokeOff() {
        return brokeOff;
    }

    private void begin() {
        dotted = false;
        brokeOff = false;
        waitingSinceNanos = System.nanoTime();
        waiting = true;
    }

    private Reply ask(String command) throws IOException {
        write(bytes(command + "\r\n"));
        return reply();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void write(byte[] bytes) throws IOException {
        waitingSinceNanos = System.nanoTime();
        try {
            out.write(bytes);
        } catch (IOException e) {
            brokeOff = !gaveUp;
            throw gaveUp ? new SocketTimeoutException("Write timed out") : e;
        }
    }

    private static void expect(Reply reply, int... codes) throws IOException, Refusal {
        for (int code : codes) {
            if (reply.code() == code) {
                return;
            }
        }
        if (reply.code() < 400) {
            throw new IOException("the relay answered out of turn: " + reply.words());
        }
        throw new Refusal(reply);
    }

    private Reply reply() throws IOException {
        waitingSinceNanos = System.nanoTime();
        List<String> lines = new ArrayList<>(1);
        while (true) {
            String line = line();
            if (!CODE.matcher(line).matches() || lines.size() == MOST_LINES) {
                throw new IOException("the relay speaks no SMTP");
            }
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) != '-') {
                int code = Integer.parseInt(line.substring(0, 3));
                brokeOff |= code == HANGS_UP;
                return new Reply(code, lines);
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        int next;
        while ((next = read()) != '\n') {
            if (next < 0) {
                brokeOff = true;
                throw new EOFException("the relay hung up");
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("the relay speaks no SMTP");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            brokeOff = !gaveUp;
            throw gaveUp ? new SocketTimeoutException("Read timed out") : e;
        }
    }

    /// The message at hand is through.
    void rest() {
        restedAtNanos = System.nanoTime();
    }

    boolean restedLongerThan(Duration idle) {
        return System.nanoTime() - restedAtNanos > idle.toNanos();
    }

    /// Ends the connection where somebody has waited on it for too long.
    void giveUp(Duration timeout) {
        if (waiting && System.nanoTime() - waitingSinceNanos > timeout.toNanos()) {
            gaveUp = true;
            close(wire);
        }
    }

    /// In good manners where all is well, and without waiting for the answer.
    void quit() {
        try {
            out.write(bytes("QUIT\r\n"));
        } catch (IOException e) {
            // the relay was faster
            return;
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        close(socket);
        close(wire);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // what is broken need not be closed in good manners
            return;
        }
    }
}
