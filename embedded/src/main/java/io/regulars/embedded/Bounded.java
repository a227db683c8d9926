package io.regulars.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The newest so many of what came in, and how many there were in all.
final class Bounded<T> {

    /// As many receipts as a sandbox keeps; who judges all of a long run needs more than people look at.
    static final int MOST = Integer.getInteger("regulars.sandbox.kept", 5_000);

    private final int limit;
    private final Deque<T> newest = new ArrayDeque<>();
    private long total;

    Bounded(int limit) {
        this.limit = limit;
    }

    synchronized void add(T item) {
        total++;
        newest.addLast(item);
        if (newest.size() > limit) {
            newest.removeFirst();
        }
    }

    synchronized List<T> list() {
        return List.copyOf(newest);
    }

    synchronized long total() {
        return total;
    }

    synchronized void clear() {
        newest.clear();
        total = 0;
    }
}
