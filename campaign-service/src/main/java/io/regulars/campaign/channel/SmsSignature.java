package io.regulars.campaign.channel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name in 【】 that an SMS begins with, which Chinese networks take for its sender's.
public final class SmsSignature {

    /// Blanks and characters that nobody sees may stand before it; what is not closed counts to the end.
    private static final Pattern SIGNED = Pattern.compile("(?s)[\\s\\p{Z}\\p{Cf}\\p{Cc}]*【([^】]*)】?(.*)");

    private SmsSignature() {}

    /// Empty where the text begins otherwise.
    public static Optional<String> of(String text) {
        Matcher signed = SIGNED.matcher(text);
        return signed.matches() ? Optional.of(signed.group(1).strip()) : Optional.empty();
    }

    /// Whether it begins with no signature, or with this one and none after it.
    public static boolean own(String text, String shop) {
        String rest = unsigned(text, shop);
        return of(rest).isEmpty();
    }

    /// The text without this shop's signature at its beginning.
    public static String unsigned(String text, String shop) {
        Matcher signed = SIGNED.matcher(text);
        return signed.matches() && signed.group(1).strip().equals(shop) ? signed.group(2) : text;
    }
}
