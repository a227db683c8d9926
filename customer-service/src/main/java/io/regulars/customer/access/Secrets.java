package io.regulars.customer.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

import io.quarkus.elytron.security.common.BcryptUtil;

/// Passwords, which people choose, and secrets, which we make.
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BCRYPT_COST = 11;

    /// Compared with where no user is found, so that the answer takes the same time.
    private static final String NOBODY = hashPassword("nobody has this password");

    private Secrets() {}

    static String hashPassword(String password) {
        return BcryptUtil.bcryptHash(password, BCRYPT_COST);
    }

    static boolean matches(String password, String hash) {
        return BcryptUtil.matches(password, hash == null ? NOBODY : hash) && hash != null;
    }

    /// 256 random bits: nobody guesses it, so a fast hash keeps it as safe as a slow one.
    static String next() {
        return random(32);
    }

    static String nextClientId() {
        return "cli_" + random(12);
    }

    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// In a time that does not tell how much of it is right.
    static boolean same(byte[] hash, byte[] other) {
        return MessageDigest.isEqual(hash, other);
    }

    private static String random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
