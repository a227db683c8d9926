package io.regulars.scoring.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// Arrays and instants of a result row.
public final class Fields {

    private Fields() {}

    public static int[] ints(ResultSet row, String column) throws SQLException {
        var boxed = (Integer[]) row.getArray(column).getArray();
        var values = new int[boxed.length];
        for (var i = 0; i < boxed.length; i++) {
            values[i] = boxed[i];
        }
        return values;
    }

    public static long[] longs(ResultSet row, String column) throws SQLException {
        var boxed = (Long[]) row.getArray(column).getArray();
        var values = new long[boxed.length];
        for (var i = 0; i < boxed.length; i++) {
            values[i] = boxed[i];
        }
        return values;
    }

    public static double[] doubles(ResultSet row, String column) throws SQLException {
        var boxed = (Double[]) row.getArray(column).getArray();
        var values = new double[boxed.length];
        for (var i = 0; i < boxed.length; i++) {
            values[i] = boxed[i];
        }
        return values;
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
