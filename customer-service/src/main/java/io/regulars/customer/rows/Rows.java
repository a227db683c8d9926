package io.regulars.customer.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.jdbi.v3.core.mapper.RowMapper;

/// Records to and from rows. A set of records goes to PostgreSQL as one JSON parameter that
/// `json_to_recordset` turns into rows, and comes back as `to_json(row)`: one round trip whatever their
/// number, and one record for each table.
public final class Rows {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Rows() {}

    public static String write(Collection<?> records) {
        return text(records);
    }

    public static String writeOne(Object rowOrValue) {
        return text(rowOrValue);
    }

    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row cannot be read as " + type.getSimpleName(), e);
        }
    }

    /// Maps a result whose one column is `to_json(row)`.
    public static <T> RowMapper<T> as(Class<T> type) {
        return (row, context) -> read(firstColumn(row), type);
    }

    private static String firstColumn(ResultSet row) throws SQLException {
        return row.getString(1);
    }

    private static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row cannot be written", e);
        }
    }
}
