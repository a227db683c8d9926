package io.regulars.campaign.suppression;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

import io.regulars.events.Channel;

/// A phone number or an e-mail address, as it is compared: e-mail in lower case, phones in E.164 as they are.
public record Address(Channel channel, String text) {

    private static final int SHOWN = 4;

    public static Address of(Channel channel, String written) {
        String text = written.strip();
        return new Address(channel, channel == Channel.EMAIL ? text.toLowerCase(Locale.ROOT) : text);
    }

    /// SHA-256.
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// `+8613…8000`, `z…@example.com`.
    String hint() {
        int at = text.indexOf('@');
        if (at > 0) {
            return text.substring(0, text.offsetByCodePoints(0, 1)) + "…" + text.substring(at);
        }
        return text.length() <= 2 * SHOWN
                ? "…"
                : text.substring(0, SHOWN) + "…" + text.substring(text.length() - SHOWN);
    }
}
