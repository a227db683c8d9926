package io.regulars.kit.sql;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a request failed because there was no database to ask, and not for what it asked.
final class DatabaseAway {

    /// SQLSTATE: no connection or one that broke; out of connections, memory or disk; the server stops or starts.
    private static final List<String> AWAY = List.of("08", "53", "57P");

    private DatabaseAway() {}

    /// What tells of it, wherever it lies: what made a commit fail, the transaction manager keeps among the
    /// exceptions that it suppressed.
    static Optional<SQLException> in(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof SQLException sql && tells(sql)) {
                return Optional.of(sql);
            }
            if (next.getCause() != null) {
                open.add(next.getCause());
            }
            open.addAll(List.of(next.getSuppressed()));
        }
        return Optional.empty();
    }

    private static boolean tells(SQLException failure) {
        String state = failure.getSQLState();
        if (state != null) {
            return AWAY.stream().anyMatch(state::startsWith);
        }
        // the pool's own words; it gives no state
        return failure.getMessage() != null && failure.getMessage().contains("acquisition timeout");
    }
}
