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

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Jdbi jdbi;

    public Rivals(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// In the caller's transaction: begins them, and returns when each is done or waits for a lock.
    public <T> List<CompletableFuture<T>> begin(int count, Supplier<T> work) {
        List<CompletableFuture<T>> begun = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            begun.add(CompletableFuture.supplyAsync(work, Thread.ofPlatform()::start));
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> begun.stream().filter(one -> !one.isDone()).count() <= waiting());
        return begun;
    }

    /// The same for one.
    public <T> CompletableFuture<T> begin(Supplier<T> work) {
        return begin(1, work).getFirst();
    }

    private long waiting() {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(
                        handle -> handle.createQuery("""
                                select count(*) from pg_stat_activity
                                where datname = current_database() and wait_event_type = 'Lock'""").mapTo(Long.class).one()));
    }
}
