package io.regulars.customer.input;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import org.jboss.logging.Logger;

/// Writes that come one by one, made together where they come together: who finds nobody of its key writing writes at
/// once; who does not waits, and is written by the next in one batch with all others of the key that wait. So nobody
/// waits for company, and the cost of a transaction is shared the more, the more there is to do.
///
/// @param <K> what keeps writes apart: only those of one key are written together
/// @param <T> what is to be written
/// @param <R> what became of it
public final class GroupCommit<K, T, R> {

    private static final Logger LOG = Logger.getLogger(GroupCommit.class);

    private final BiFunction<K, List<T>, List<R>> write;
    private final int mostWriters;
    private final int mostTogether;
    private final ArrayDeque<Seat<K, T, R>> waiting = new ArrayDeque<>();
    private final Set<K> beingWritten = new HashSet<>();

    /// @param write all of it or, where it throws, nothing; a result for each, in their order
    /// @param mostWriters batches under way at once, each of another key
    /// @param mostTogether writes in one batch
    public GroupCommit(BiFunction<K, List<T>, List<R>> write, int mostWriters, int mostTogether) {
        this.write = write;
        this.mostWriters = mostWriters;
        this.mostTogether = mostTogether;
    }

    private static final class Seat<K, T, R> {
        final K key;
        final T item;
        final CompletableFuture<Void> called = new CompletableFuture<>();
        final CompletableFuture<Answer<R>> answer = new CompletableFuture<>();

        Seat(K key, T item) {
            this.key = key;
            this.item = item;
        }
    }

    /// @param failure what a batch of one threw
    /// @param alone a larger batch failed: each who sat in it writes alone, so that nobody suffers for another
    private record Answer<R>(R result, RuntimeException failure, boolean alone) {}

    /// Writes on the caller's thread, or waits for who writes for it.
    ///
    /// @throws RuntimeException what writing this one threw
    public R write(K key, T item) {
        var seat = new Seat<K, T, R>(key, item);
        sitDown(seat);
        CompletableFuture.anyOf(seat.called, seat.answer).join();
        if (seat.called.isDone()) {
            try {
                writeTogether(take(key));
            } finally {
                callOthers(key);
            }
        }
        Answer<R> answer = seat.answer.join();
        if (answer.alone()) {
            return write.apply(key, List.of(item)).getFirst();
        }
        if (answer.failure() != null) {
            throw answer.failure();
        }
        return answer.result();
    }

    /// How many wait to be written.
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized void sitDown(Seat<K, T, R> seat) {
        waiting.add(seat);
        callWhereFree(seat);
    }

    /// Who has waited longest comes first.
    private synchronized void callOthers(K written) {
        beingWritten.remove(written);
        waiting.forEach(this::callWhereFree);
    }

    private void callWhereFree(Seat<K, T, R> seat) {
        if (beingWritten.size() < mostWriters && beingWritten.add(seat.key)) {
            seat.called.complete(null);
        }
    }

    /// Who was called, with others of its key: it is among those that have waited longest.
    private synchronized List<Seat<K, T, R>> take(K key) {
        var batch = new ArrayList<Seat<K, T, R>>();
        for (var seats = waiting.iterator(); seats.hasNext() && batch.size() < mostTogether; ) {
            var seat = seats.next();
            if (seat.key.equals(key)) {
                batch.add(seat);
                seats.remove();
            }
        }
        return batch;
    }

    private void writeTogether(List<Seat<K, T, R>> batch) {
        var answers = Collections.nCopies(batch.size(), new Answer<R>(null, null, true));
        try {
            answers = write
                    .apply(
                            batch.getFirst().key,
                            batch.stream().map(seat -> seat.item).toList())
                    .stream()
                    .map(result -> new Answer<>(result, null, false))
                    .toList();
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                answers = List.of(new Answer<>(null, e, false));
            } else {
                // not its message: the database's names whom a write was about
                LOG.debugf(
                        "%d writes that failed together are tried one by one: %s",
                        batch.size(), e.getClass().getName());
            }
        } finally {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer.complete(answers.get(i));
            }
        }
    }
}
