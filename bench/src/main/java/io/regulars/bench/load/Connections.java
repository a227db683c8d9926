package io.regulars.bench.load;

import java.net.URI;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs the same work on several connections at once, each with a thread of its own.
final class Connections {

    private Connections() {}

    interface Work {
        void on(HttpConnection connection) throws Exception;
    }

    static void run(int count, URI target, Work work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(count)) {
            var running = new ArrayList<Future<Void>>();
            for (var i = 0; i < count; i++) {
                Callable<Void> one = () -> {
                    try (var connection = new HttpConnection(target)) {
                        work.on(connection);
                    }
                    return null;
                };
                running.add(threads.submit(one));
            }
            for (var each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
