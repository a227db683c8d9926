package io.regulars.campaign.sms;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/// A request that says it comes from a provider.
///
/// @param query as it was written, or null
/// @param token the last part of its path, or null
/// @param headers by their names in lower case
public record Callback(String query, String token, Map<String, String> headers, byte[] body, Instant now) {

    String header(String name) {
        return headers.get(name);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
