package io.regulars.embedded;

import java.util.List;
import java.util.Map;

/// An e-mail as it arrived.
///
/// @param id 1, 2 … in the order of arrival
/// @param to the address it was delivered to
/// @param headers by lower-case name, decoded
/// @param text the plain part, or null
/// @param html the HTML part, or null
public record Mail(
        long id,
        String receivedAt,
        String from,
        String to,
        String subject,
        Map<String, List<String>> headers,
        String text,
        String html) {

    /// The first header of that name, or null.
    public String header(String name) {
        var values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
        return values == null ? null : values.getFirst();
    }
}
