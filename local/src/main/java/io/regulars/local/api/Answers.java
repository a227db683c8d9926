package io.regulars.local.api;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// Reads answers, and says in one line what is wrong with one.
final class Answers {

    private static final int LONGEST = 600;

    private Answers() {}

    static JsonNode json(ObjectMapper json, HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new ApiException(response.uri().getPath() + " answered no JSON: " + e.getOriginalMessage(), e);
        }
    }

    static String problem(HttpRequest request, HttpResponse<String> response) {
        var body = response.body().strip();
        return "%s: %d %s"
                .formatted(
                        Transport.what(request),
                        response.statusCode(),
                        body.length() > LONGEST ? body.substring(0, LONGEST) + "…" : body);
    }
}
