package io.regulars.campaign.journey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.regulars.campaign.campaign.Step.Split;

/// Which arm of an experiment a customer is in: the same one each time and in each revision that leaves the
/// weights as they are, whatever arm they are in elsewhere and whether or not they would be held out.
final class Arms {

    private Arms() {}

    /// @param salt the campaign's
    static Split.Arm of(Split split, String salt, long customer) {
        long weights = split.arms().stream().mapToLong(Split.Arm::weight).sum();
        long place = Long.remainderUnsigned(hash("arm:" + salt + ":" + split.experiment() + ":" + customer), weights);
        for (Split.Arm arm : split.arms()) {
            place -= arm.weight();
            if (place < 0) {
                return arm;
            }
        }
        throw new IllegalStateException("the weights of the arms are less than their sum");
    }

    private static long hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
