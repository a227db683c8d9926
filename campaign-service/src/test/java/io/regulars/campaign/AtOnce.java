package io.regulars.campaign;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.quarkus.narayana.jta.QuarkusTransaction;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;

/// A transaction in the midst of which another one comes.
public final class AtOnce {

    private static final String BEHIND =
            "select count(*) from pg_stat_activity where :pid = any(pg_blocking_pids(pid))";

    private AtOnce() {}

    /// @param comes in transactions of its own, in the midst of that of the others
    /// @param last done when it waits for what the first holds, or has not waited
    public static <T> CompletableFuture<T> inTheMidst(Jdbi jdbi, Runnable first, Supplier<T> comes, Runnable last) {
        return QuarkusTransaction.requiringNew().timeout(120).call(() -> {
            first.run();
            int me = jdbi.withHandle(handle -> handle.createQuery("select pg_backend_pid()")
                    .mapTo(Integer.class)
                    .one());
            var coming = CompletableFuture.supplyAsync(comes);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> coming.isDone() || somebodyIsBehind(jdbi, me));
            last.run();
            return coming;
        });
    }

    private static boolean somebodyIsBehind(Jdbi jdbi, int pid) {
        return QuarkusTransaction.requiringNew()
                        .call(() -> jdbi.withHandle(handle -> handle.createQuery(BEHIND)
                                .bind("pid", pid)
                                .mapTo(Integer.class)
                                .one()))
                > 0;
    }
}
