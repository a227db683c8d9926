package io.regulars.campaign.reading;

import io.regulars.kit.problem.Problems;

/// The revision that a writer has read.
public final class IfMatch {

    private IfMatch() {}

    /// Null where the caller names none, or any.
    public static Integer revision(String header) {
        if (header == null || header.isBlank() || "*".equals(header.strip())) {
            return null;
        }
        String tag = header.strip().replaceFirst("^W/", "").replace("\"", "");
        try {
            return Integer.valueOf(tag);
        } catch (NumberFormatException e) {
            throw Problems.preconditionFailed("If-Match must be the ETag that a GET answered, not " + header);
        }
    }
}
