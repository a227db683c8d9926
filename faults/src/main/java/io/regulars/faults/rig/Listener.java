package io.regulars.faults.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Stands before a port of this machine and hands each connection, with one of its own to that port, to whoever passes
/// on what is said.
final class Listener implements AutoCloseable {

    private static final int BACKLOG = 200;
    private static final int ENDED_WITHIN_SECONDS = 5;

    /// What passes on; the connections are closed afterwards.
    @FunctionalInterface
    interface Passing {

        /// @throws IOException where one of the two went away
        void pass(Socket client, Socket far) throws IOException;
    }

    private final int target;
    private final Passing passing;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean refuses;

    private Listener(int target, Passing passing) {
        this.target = target;
        this.passing = passing;
        try {
            server = new ServerSocket(0, BACKLOG, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Listener before(int target, Passing passing) {
        var listener = new Listener(target, passing);
        listener.threads.execute(listener::accept);
        return listener;
    }

    int port() {
        return server.getLocalPort();
    }

    /// Runs beside; ended with the listener.
    Future<?> beside(Runnable work) {
        return threads.submit(work);
    }

    /// Whether connections are closed as soon as they come; those that are open end too.
    void refuse(boolean refuse) {
        refuses = refuse;
        if (refuse) {
            open.forEach(Listener::close);
        }
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
            passing.pass(client, far);
        } catch (IOException e) {
            // one of the two went away, and so does the other
            return;
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until nobody listens any more.
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Listener::close);
        threads.shutdownNow();
        try {
            threads.awaitTermination(ENDED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
