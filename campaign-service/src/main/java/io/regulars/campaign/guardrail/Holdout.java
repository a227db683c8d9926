package io.regulars.campaign.guardrail;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Leaves a share of the customers alone, the same ones each time, so that what a campaign earned can be told.
public final class Holdout {

    private static final long BUCKETS = 10_000;

    private Holdout() {}

    /// @param salt the campaign's, so that each campaign leaves others alone
    public static boolean holdsOut(String salt, long customer, BigDecimal percent) {
        return bucket(salt, customer) < buckets(percent);
    }

    /// How many of the 10,000 buckets are left alone.
    static long buckets(BigDecimal percent) {
        return percent.movePointRight(2).longValue();
    }

    private static long bucket(String salt, long customer) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((salt + ":" + customer).getBytes(StandardCharsets.UTF_8));
            return Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), BUCKETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
