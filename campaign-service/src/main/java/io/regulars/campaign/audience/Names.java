package io.regulars.campaign.audience;

/// Names as they may be shown.
public final class Names {

    private Names() {}

    /// The first character and two stars: 张小雨 becomes 张**. Empty where there is no name.
    public static String masked(String name) {
        if (name == null || name.isBlank()) {
            return "";
        }
        String trimmed = name.strip();
        return trimmed.substring(0, trimmed.offsetByCodePoints(0, 1)) + "**";
    }
}
