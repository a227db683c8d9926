package io.regulars.kit.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Hides what a row holds from all who do not know the request's `Idempotency-Key`, which is stored nowhere. All is
/// derived from that key: the name that stands for it, the key of the request's hash, so that nobody finds a password
/// by hashing guesses, and the key of the answer. Clients choose keys, and some choose `user-42`; so guessing one is
/// made about as slow as guessing at the hash of a password itself.
final class Seal implements Keeping {

    private static final int ROUNDS = 210_000;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int merchant;
    private final String name;
    private final SecretKeySpec hashing;
    private final SecretKeySpec encryption;

    private Seal(int merchant, byte[] derived) {
        this.merchant = merchant;
        this.name = "sealed " + base64(Arrays.copyOf(derived, 16));
        this.hashing = new SecretKeySpec(derived, 16, 16, "HmacSHA256");
        this.encryption = new SecretKeySpec(derived, 32, 32, "AES");
    }

    static Seal of(int merchant, String key) {
        byte[] salt = ("regulars idempotency " + merchant).getBytes(StandardCharsets.UTF_8);
        try {
            // one block of SHA-512, so that no part of it is cheaper to guess at than the whole
            var slow = new PBEKeySpec(key.toCharArray(), salt, ROUNDS, 512);
            return new Seal(
                    merchant,
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                            .generateSecret(slow)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key could not be derived", e);
        }
    }

    @Override
    public String key() {
        return name;
    }

    @Override
    public byte[] hash(byte[] request) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(hashing);
            return mac.doFinal(request);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a request could not be hashed", e);
        }
    }

    @Override
    public String hide(String operation, String answer) {
        if (answer == null) {
            return null;
        }
        try {
            // random, since after a day the same key may seal another answer
            var nonce = new byte[NONCE];
            RANDOM.nextBytes(nonce);
            byte[] secret =
                    cipher(Cipher.ENCRYPT_MODE, operation, nonce).doFinal(answer.getBytes(StandardCharsets.UTF_8));
            return base64(ByteBuffer.allocate(NONCE + secret.length)
                    .put(nonce)
                    .put(secret)
                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an answer could not be sealed", e);
        }
    }

    /// @throws IllegalStateException where it was sealed for another merchant or operation, or changed since
    @Override
    public String reveal(String operation, String kept) {
        if (kept == null) {
            return null;
        }
        try {
            byte[] all = Base64.getDecoder().decode(kept);
            byte[] answer = cipher(Cipher.DECRYPT_MODE, operation, Arrays.copyOf(all, NONCE))
                    .doFinal(all, NONCE, all.length - NONCE);
            return new String(answer, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a sealed answer could not be opened", e);
        }
    }

    private Cipher cipher(int mode, String operation, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, encryption, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((merchant + " " + operation).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
