package io.regulars.bench.shop;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows on their way into a table by COPY, in its text format.
final class CopyRows implements AutoCloseable {

    private static final int FLUSH_AT = 64_000;

    private final CopyIn copy;
    private final StringBuilder text = new StringBuilder(FLUSH_AT + 2_000);
    private boolean done;

    /// @param target the table with its columns
    CopyRows(Connection connection, String target) throws SQLException {
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + target + " from stdin");
    }

    /// One row; null stands for no value. No value here holds a tab, a line end or a backslash.
    void row(Object... values) throws SQLException {
        for (var i = 0; i < values.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            if (values[i] == null) {
                text.append("\\N");
            } else {
                text.append(values[i]);
            }
        }
        text.append('\n');
        if (text.length() >= FLUSH_AT) {
            flush();
        }
    }

    private void flush() throws SQLException {
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    /// @return how many rows the server took
    long end() throws SQLException {
        flush();
        done = true;
        return copy.endCopy();
    }

    @Override
    public void close() throws SQLException {
        if (!done && copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
