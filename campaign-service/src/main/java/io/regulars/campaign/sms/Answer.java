package io.regulars.campaign.sms;

import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.regulars.campaign.channel.Words;

/// What a provider answered.
///
/// @param pause how long it asks to wait, at most an hour, or null
record Answer(int status, Duration pause, String body) {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final ObjectMapper JSON = new JsonMapper();

    static Answer of(HttpResponse<String> response, Instant now) {
        String asked = response.headers().firstValue("Retry-After").orElse(null);
        return new Answer(response.statusCode(), pause(asked, now), response.body());
    }

    /// @param asked seconds, or a date of HTTP, or null
    static Duration pause(String asked, Instant now) {
        if (asked == null) {
            return null;
        }
        Duration wait = null;
        if (asked.strip().matches("\\d{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(asked.strip()));
        } else {
            try {
                Instant then = ZonedDateTime.parse(asked.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                wait = Duration.between(now, then);
            } catch (DateTimeException e) {
                return null;
            }
        }
        return wait.isNegative() ? null : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /// Missing where the body is no JSON.
    JsonNode json() {
        try {
            JsonNode read = JSON.readTree(body == null ? "" : body);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /// For a person to read.
    String words() {
        return "HTTP " + status + ": " + Words.of(body);
    }
}
