package io.regulars.campaign.sms;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// The JSON that providers push.
final class Pushes {

    private static final ObjectMapper JSON = new JsonMapper();

    private Pushes() {}

    static JsonNode read(Callback callback) {
        try {
            return JSON.readTree(callback.text());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }

    /// The items of an array, or the one object that stands in its place.
    static Iterable<JsonNode> list(Callback callback) {
        JsonNode read = read(callback);
        if (read == null || !read.isContainerNode()) {
            throw new IllegalArgumentException("neither a list nor an object");
        }
        return read.isArray() ? read : List.of(read);
    }

    static String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isBlank()) {
            throw new IllegalArgumentException(field + " is required");
        }
        return text;
    }
}
