package io.regulars.kit.consume;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/// Which failures pass by themselves and which lie in the data.
final class Failures {

    /// Classes of SQLSTATE that blame the data: data exception, integrity violation, raised by a function of
    /// ours. All others (no connection, rolled back, out of resources, a column that is not there yet in a
    /// rolling upgrade) say nothing of the record, and setting it aside would only lose it.
    private static final Set<String> BLAMES_DATA = Set.of("22", "23", "P0");

    private Failures() {}

    static boolean mayPass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof SQLRecoverableException) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                return sql.getSQLState() == null
                        || !BLAMES_DATA.contains(sql.getSQLState().substring(0, 2));
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
