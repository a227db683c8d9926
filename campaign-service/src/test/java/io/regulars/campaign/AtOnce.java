package io.regulars.campaign;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.quarkus.narayana.jta.QuarkusTransaction;
import org.jdbi.v3.core.Jdbi;

/// A transaction in the midst of which another one comes.
public final class AtOnce {

    private AtOnce() {}

    /// @param comes in transactions of its own, in the midst of that of the others
    /// @param last done when it waits for what the first holds, or has not waited
    public static <T> CompletableFuture<T> inTheMidst(Jdbi jdbi, Runnable first, Supplier<T> comes, Runnable last) {
        return QuarkusTransaction.requiringNew().timeout(120).call(() -> {
            first.run();
            var coming = new Rivals(jdbi).begin(comes);
            last.run();
            return coming;
        });
    }
}
