package io.regulars.faults.rig;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A mail relay before the sandbox that knows SMTP, so that it can misbehave at a chosen command. Without a script it
/// passes everything on.
public final class MailRelay implements AutoCloseable {

    /// Where in the dialogue of one message. `DOT` is after the whole message was said.
    public enum Stage {
        MAIL,
        RCPT,
        DATA,
        DOT
    }

    /// What it does instead of answering as it should.
    public sealed interface Trick {

        /// Answers so, and takes nothing.
        record Reply(String line) implements Trick {}

        /// Says nothing for that long, then hangs up. At the dot it has taken the message.
        record Stall(Duration how) implements Trick {}

        /// Says no more, but listens on. At the dot it has taken the message.
        record HalfClose() implements Trick {}
    }

    public record Turn(Stage stage, Trick trick) {}

    /// The dialogue ends here, as the script says.
    private static final class Ends extends IOException {

        private static final long serialVersionUID = 1;

        Ends(String what) {
            super(what);
        }
    }

    private final Listener listener;
    private final Queue<Turn> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lost = new AtomicInteger();

    MailRelay(int target) {
        listener = Listener.before(target, (client, far) -> new Dialogue(client, far).run());
    }

    int port() {
        return listener.port();
    }

    /// Each of the next messages meets one turn.
    public void play(List<Turn> turns) {
        script.addAll(turns);
    }

    /// How many turns no message has met yet.
    public int left() {
        return script.size();
    }

    public void heal() {
        script.clear();
    }

    /// How many messages were taken without a receipt.
    int lost() {
        return lost.get();
    }

    private final class Dialogue {

        private final Socket client;
        private final Socket far;
        private final InputStream fromClient;
        private final InputStream fromFar;
        private Turn turn;

        Dialogue(Socket client, Socket far) throws IOException {
            this.client = client;
            this.far = far;
            fromClient = new BufferedInputStream(client.getInputStream());
            fromFar = new BufferedInputStream(far.getInputStream());
        }

        void run() throws IOException {
            passReply();
            while (true) {
                var command = line(fromClient);
                var verb = verb(command);
                if (verb.equals("MAIL")) {
                    turn = script.poll();
                }
                switch (verb) {
                    case "MAIL" -> answer(Stage.MAIL, command);
                    case "RCPT" -> answer(Stage.RCPT, command);
                    case "DATA" -> data(command);
                    default -> forward(command);
                }
            }
        }

        private void answer(Stage stage, byte[] command) throws IOException {
            if (turn != null && turn.stage() == stage) {
                trick();
            } else {
                forward(command);
            }
        }

        /// The message is kept until its dot, so that the sandbox gets all of it or nothing.
        private void data(byte[] command) throws IOException {
            if (turn != null && turn.stage() == Stage.DATA) {
                trick();
                return;
            }
            say("354 go on\r\n".getBytes(StandardCharsets.US_ASCII));
            var message = message();
            if (turn == null || turn.stage() != Stage.DOT) {
                deliver(command, message);
            } else if (turn.trick() instanceof Trick.Reply) {
                trick();
            } else {
                lost.incrementAndGet();
                deliver(command, message);
            }
        }

        private void deliver(byte[] command, byte[] message) throws IOException {
            far.getOutputStream().write(command);
            reply();
            far.getOutputStream().write(message);
            var receipt = reply();
            if (turn != null && turn.stage() == Stage.DOT) {
                trick();
            } else {
                say(receipt);
            }
        }

        /// After a refusal the client may go on with another message; the sandbox must forget the half one.
        private void trick() throws IOException {
            var now = turn.trick();
            turn = null;
            switch (now) {
                case Trick.Reply(var line) -> {
                    far.getOutputStream().write("RSET\r\n".getBytes(StandardCharsets.US_ASCII));
                    reply();
                    say((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    if (line.startsWith("421")) {
                        throw new Ends("closing the channel");
                    }
                }
                case Trick.Stall(var how) -> {
                    Pause.of(how);
                    throw new Ends("said nothing");
                }
                case Trick.HalfClose() -> {
                    client.shutdownOutput();
                    fromClient.transferTo(java.io.OutputStream.nullOutputStream());
                    throw new Ends("half closed");
                }
            }
        }

        private void forward(byte[] command) throws IOException {
            far.getOutputStream().write(command);
            passReply();
        }

        private void passReply() throws IOException {
            say(reply());
        }

        private void say(byte[] bytes) throws IOException {
            client.getOutputStream().write(bytes);
        }

        /// A reply has several lines where a hyphen follows the code.
        private byte[] reply() throws IOException {
            var reply = new ByteArrayOutputStream();
            byte[] line;
            do {
                line = line(fromFar);
                reply.write(line);
            } while (line.length > 3 && line[3] == '-');
            return reply.toByteArray();
        }

        private byte[] message() throws IOException {
            var message = new ByteArrayOutputStream();
            byte[] line;
            do {
                line = line(fromClient);
                message.write(line);
            } while (!(line.length == 3 && line[0] == '.'));
            return message.toByteArray();
        }

        private static byte[] line(InputStream from) throws IOException {
            var line = new ByteArrayOutputStream();
            int next;
            do {
                next = from.read();
                if (next < 0) {
                    throw new EOFException();
                }
                line.write(next);
            } while (next != '\n');
            return line.toByteArray();
        }

        private static String verb(byte[] command) {
            var text = new String(command, StandardCharsets.US_ASCII).strip();
            return text.substring(0, Math.min(4, text.length())).toUpperCase(java.util.Locale.ROOT);
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
