package io.regulars.campaign.webhook;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One POST over a connection of its own. The JDK's client looks a name up by itself, after any check of ours,
/// and so could be led into a private network by a name that changes in between: here the name is looked up
/// once, and the address that was checked is the one that is connected to. Redirects are not followed; of the
/// answer the status counts, and the begin is kept for people.
final class Call {

    /// @param status of HTTP; 0 where no answer came
    /// @param error null where one came
    /// @param retry whether another try can help
    /// @param excerpt the begin of the answer's body, or null
    /// @param retryAfter how long the receiver wants not to be called, or null
    record Answer(int status, String error, boolean retry, String excerpt, Duration retryAfter) {

        Answer(int status, String error, boolean retry) {
            this(status, error, retry, null, null);
        }

        boolean good() {
            return status / 100 == 2;
        }
    }

    private static final int GONE = 410;
    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-timeouts").factory());

    private final Addresses addresses;
    private final Duration timeout;

    Call(Addresses addresses, Duration timeout) {
        this.addresses = addresses;
        this.timeout = timeout;
    }

    /// @param headers lines without their ends
    Answer post(String url, String headers, String body) {
        try {
            Target target = Target.parse(url, addresses);
            InetAddress address = addresses.resolve(target.host());
            if (!target.mayBeCalled(address)) {
                throw new RefusedException("must begin with https://");
            }
            return answer(reply(target, address, headers, body));
        } catch (RefusedException e) {
            return new Answer(0, "refused: the URL " + e.getMessage(), false);
        } catch (UnknownHostException e) {
            return new Answer(0, "no such host", true);
        } catch (IOException e) {
            return new Answer(0, e.getClass().getSimpleName() + ": " + words(e.getMessage()), true);
        }
    }

    private static Answer answer(Reply reply) {
        int status = reply.status();
        if (status / 100 == 2) {
            return new Answer(status, null, false, reply.excerpt(), null);
        }
        String error = status / 100 == 3 ? "redirects are not followed" : "HTTP " + status;
        return new Answer(status, error, status != GONE, reply.excerpt(), reply.retryAfter());
    }

    private Reply reply(Target target, InetAddress address, String headers, String body) throws IOException {
        try (var socket = new Socket()) {
            // closes the socket under whatever reads or writes: no drop by drop lasts longer
            var end = WATCH.schedule(() -> close(socket), timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                socket.connect(new InetSocketAddress(address, target.port()), (int) timeout.toMillis());
                Socket wire = target.tls() ? secured(socket, target) : socket;
                wire.getOutputStream().write(request(target, headers, body));
                wire.getOutputStream().flush();
                return Reply.read(new BufferedInputStream(wire.getInputStream()));
            } catch (IOException e) {
                throw end.isDone() ? new IOException("no answer within " + timeout, e) : e;
            } finally {
                end.cancel(false);
            }
        }
    }

    private static Socket secured(Socket socket, Target target) throws IOException {
        var secured = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(socket, target.host(), target.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!target.host().matches("[0-9.]+|.*:.*")) {
            parameters.setServerNames(java.util.List.of(new SNIHostName(target.host())));
        }
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static byte[] request(Target target, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + target.path() + " HTTP/1.1\r\nHost: " + target.authority()
                + "\r\nUser-Agent: Regulars\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + bytes.length + "\r\n" + headers.replace("\n", "\r\n") + "\r\n\r\n";
        var request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(bytes);
        return request.toByteArray();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // that is what was wanted
        }
    }

    private static String words(String message) {
        String words = message == null ? "" : message.replaceAll("\\p{Cntrl}", " ");
        return words.length() > 200 ? words.substring(0, 200) : words;
    }
}
