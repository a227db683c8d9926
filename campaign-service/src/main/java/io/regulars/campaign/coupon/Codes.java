package io.regulars.campaign.coupon;

import java.security.SecureRandom;
import java.util.Locale;

/// Coupon codes: 12 characters of Crockford's base 32, 60 random bits.
final class Codes {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Codes() {}

    static String next() {
        var code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /// What a person typed: any case, with blanks and hyphens, an O for a 0.
    static String normal(String typed) {
        return typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Cc}\\p{Cs}-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }
}
