package io.regulars.faults.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Passes bytes on in both directions, until told to break something.
public final class TcpProxy implements AutoCloseable {

    private static final BooleanSupplier NEVER = () -> false;

    private final ServerSocket server;
    private final int target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile BooleanSupplier cutsAnswer = NEVER;
    private volatile BooleanSupplier stallsAnswer = NEVER;
    private volatile Duration stall = Duration.ZERO;
    private volatile boolean refuses;

    TcpProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 200, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /// Asked at each piece of an answer: where true, the connection ends instead, when the far side has done its work.
    public void cutAnswers(BooleanSupplier when) {
        cutsAnswer = when;
    }

    /// Asked at each piece of an answer: where true, it is held back so long that nobody waits for it.
    public void stallAnswers(BooleanSupplier when, Duration how) {
        stall = how;
        stallsAnswer = when;
    }

    /// Takes connections and closes them at once, those that are open too.
    public void refuse() {
        refuses = true;
        open.forEach(TcpProxy::close);
    }

    public void heal() {
        cutsAnswer = NEVER;
        stallsAnswer = NEVER;
        refuses = false;
    }

    /// How many answers were cut, or held back.
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        if (refuses) {
            close(client);
            return;
        }
        try (client;
                var far = new Socket(InetAddress.getByName("localhost"), target)) {
            client.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            open.add(client);
            open.add(far);
            var requests = threads.submit(() -> pass(client, far, NEVER, NEVER));
            pass(far, client, () -> cutsAnswer.getAsBoolean(), () -> stallsAnswer.getAsBoolean());
            requests.cancel(true);
        } catch (IOException e) {
            close(client);
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    private void pass(Socket from, Socket to, BooleanSupplier cut, BooleanSupplier hold) {
        var buffer = new byte[16 * 1024];
        try {
            for (var read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (cut.getAsBoolean()) {
                    cuts.incrementAndGet();
                    break;
                }
                if (hold.getAsBoolean()) {
                    cuts.incrementAndGet();
                    Pause.of(stall);
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The other side went away; so does this one.
            close(to);
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(TcpProxy::close);
        threads.shutdownNow();
    }
}
