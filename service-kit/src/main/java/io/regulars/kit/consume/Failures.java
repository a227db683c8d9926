package io.regulars.kit.consume;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/// Which failures pass by themselves and which lie in the data.
final class Failures {

    /// Classes of SQLSTATE whose failures say nothing of the data: connection, transaction rollback, resources,
    /// operator intervention, system error, wrong object state such as a lock time-out, read-only server.
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58", "55", "25");

    private Failures() {}

    static boolean mayPass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof SQLRecoverableException) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                return sql.getSQLState() == null
                        || PASSING.contains(sql.getSQLState().substring(0, 2));
            }
        }
        // The transaction manager hides what made a commit or a begin fail; the data cannot have.
        return failure instanceof io.quarkus.narayana.jta.QuarkusTransactionException;
    }

    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
