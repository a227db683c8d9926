package io.regulars.campaign.sms;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// Signatures of the Standard Webhooks: HMAC-SHA256 over id, timestamp and body.
/// <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>
final class StandardWebhooks {

    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final String PREFIX = "whsec_";

    private StandardWebhooks() {}

    /// @param secret `whsec_` and base64, or any other text as it is
    static String sign(String secret, String id, String timestamp, String body) {
        return "v1," + Signing.base64(Signing.sha256(key(secret), id + "." + timestamp + "." + body));
    }

    /// Whether one of the signatures in the header is right, and not older than five minutes.
    static boolean signed(String secret, Callback callback) {
        String id = callback.header("webhook-id");
        String timestamp = callback.header("webhook-timestamp");
        String signatures = callback.header("webhook-signature");
        if (secret == null
                || id == null
                || signatures == null
                || timestamp == null
                || !timestamp.matches("\\d{1,12}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), callback.now())
                .abs();
        String expected = sign(secret, id, timestamp, callback.text());
        return age.compareTo(OLDEST) <= 0
                && Arrays.stream(signatures.split(" ")).anyMatch(given -> Signing.same(expected, given));
    }

    private static byte[] key(String secret) {
        return secret.startsWith(PREFIX)
                ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                : Signing.bytes(secret);
    }
}
