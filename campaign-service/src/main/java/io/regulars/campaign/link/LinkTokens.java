package io.regulars.campaign.link;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names of messages, and of links in them, that only this installation can make: some 35 small letters and
/// digits, which no mail server on the way changes. What they name is no secret; that they name it is signed
/// with 80 bits.
public final class LinkTokens {

    /// What a token is for: one of a link opens nothing else.
    public enum Kind {
        LINK,
        PICTURE,
        MAIL,
        /// Of a customer's inbox; in place of the message stands the second of the epoch up to which it holds.
        INBOX
    }

    /// @param link its number in the template, 0 where there is none
    public record Ref(int merchantId, long customerId, long messageId, int link) {}

    private static final int SIGNATURE = 10;
    private static final int LONGEST = 80;
    private static final int LONGEST_NUMBER = 9;

    private final SecretKeySpec key;

    LinkTokens(byte[] secret) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    public String write(Kind kind, Ref ref) {
        var out = new ByteArrayOutputStream();
        // never 0, so that no leading byte is lost
        out.write(kind.ordinal() + 1);
        number(out, ref.merchantId());
        number(out, ref.customerId());
        number(out, ref.messageId());
        number(out, ref.link());
        byte[] named = out.toByteArray();
        out.writeBytes(signature(named));
        return new BigInteger(1, out.toByteArray()).toString(36);
    }

    /// Empty where it is none of ours, or of another kind.
    public Optional<Ref> read(Kind kind, String token) {
        if (token == null || token.length() > LONGEST || !token.matches("[0-9a-zA-Z]+")) {
            return Optional.empty();
        }
        byte[] bytes = new BigInteger(token.toLowerCase(Locale.ROOT), 36).toByteArray();
        if (bytes.length <= SIGNATURE || bytes[0] != kind.ordinal() + 1) {
            return Optional.empty();
        }
        byte[] named = Arrays.copyOf(bytes, bytes.length - SIGNATURE);
        byte[] signature = Arrays.copyOfRange(bytes, named.length, bytes.length);
        if (!MessageDigest.isEqual(signature, signature(named))) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(named, 1, named.length - 1);
        OptionalLong merchant = number(in);
        OptionalLong customer = number(in);
        OptionalLong message = number(in);
        OptionalLong link = number(in);
        return link.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ref(
                        (int) merchant.getAsLong(), customer.getAsLong(), message.getAsLong(), (int) link.getAsLong()));
    }

    private byte[] signature(byte[] named) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(named), SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /// Seven bits a byte, the low ones first; the eighth says that more follow.
    private static void number(ByteArrayOutputStream out, long number) {
        long rest = number;
        while (rest > 127) {
            out.write((int) (rest & 127 | 128));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static OptionalLong number(ByteBuffer in) {
        long number = 0;
        for (int i = 0; i < LONGEST_NUMBER && in.hasRemaining(); i++) {
            byte one = in.get();
            number |= (one & 127L) << 7 * i;
            if (one >= 0) {
                return OptionalLong.of(number);
            }
        }
        return OptionalLong.empty();
    }
}
