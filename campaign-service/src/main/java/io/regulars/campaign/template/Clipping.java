package io.regulars.campaign.template;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What mail programs cut off.
public final class Clipping {

    /// Gmail shows so many bytes of an e-mail's HTML and hides the rest, the way out at its end with it.
    private static final int GMAIL = 102 * 1024;

    private Clipping() {}

    /// A warning, where the HTML is too long for some; for people.
    public static Optional<String> of(String html) {
        int bytes = html == null ? 0 : html.getBytes(StandardCharsets.UTF_8).length;
        return bytes > GMAIL
                ? Optional.of("the HTML is %,d bytes; Gmail hides what comes after %,d".formatted(bytes, GMAIL))
                : Optional.empty();
    }
}
