package io.regulars.faults.oracle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

import io.regulars.faults.rig.Sql;

/// What a receipt is known by: made from merchant, campaign, customer, occurrence, step and channel.
final class MessageKeys {

    /// So much of it stands in a Message-ID.
    private static final int OF_AN_EMAIL = 16;

    private MessageKeys() {}

    static String of(int merchant, Sql.Row message) {
        var name = "%d/%d/%d/%s/%d/%s"
                .formatted(
                        merchant,
                        message.number("campaign_id"),
                        message.number("customer_id"),
                        message.text("occurrence"),
                        message.number("step"),
                        message.text("channel").toUpperCase(Locale.ROOT));
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            var key = new BigInteger(1, hash).toString(36);
            return message.text("channel").equals("email") ? key.substring(0, OF_AN_EMAIL) : key;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
