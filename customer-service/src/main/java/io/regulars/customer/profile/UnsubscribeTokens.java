package io.regulars.customer.profile;

import java.security.SecureRandom;
import java.util.Base64;

/// The unguessable part of a customer's unsubscribe link.
final class UnsubscribeTokens {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private UnsubscribeTokens() {}

    static String next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
