package io.regulars.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.quarkus.narayana.jta.QuarkusTransaction;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;

/// Work of other replicas, on threads of its own, while a test holds what they want.
public final class Rivals {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Those who wait for it, and those who wait for them.
    private static final String BEHIND = """
            with recursive behind (pid) as (
              select :pid::int
              union
              select a.pid from pg_stat_activity a join behind b on b.pid = any(pg_blocking_pids(a.pid)))
            select count(*) - 1 from behind
            """;

    private final Jdbi jdbi;

    public Rivals(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// In the caller's transaction: begins them, and returns when each is done or waits for what the caller holds.
    public <T> List<CompletableFuture<T>> begin(int count, Supplier<T> work) {
        int me = jdbi.withHandle(handle -> handle.createQuery("select pg_backend_pid()")
                .mapTo(Integer.class)
                .one());
        List<CompletableFuture<T>> begun = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            begun.add(CompletableFuture.supplyAsync(work, Thread.ofPlatform()::start));
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> begun.stream().filter(one -> !one.isDone()).count() <= behind(me));
        return begun;
    }

    /// The same for one.
    public <T> CompletableFuture<T> begin(Supplier<T> work) {
        return begin(1, work).getFirst();
    }

    private long behind(int pid) {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery(BEHIND)
                        .bind("pid", pid)
                        .mapTo(Long.class)
                        .one()));
    }
}
