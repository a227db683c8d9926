package io.regulars.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/// Bearer tokens like those of customer-service, signed by a key that is known to everyone and valid in tests
/// only.
public final class TestTokens {

    public static final String ISSUER = "http://localhost:8080/api/customer";

    private static final Duration LIFETIME = Duration.ofHours(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final PrivateKey KEY = privateKey();

    private TestTokens() {}

    public static String bearer(int merchantId, String... roles) {
        return token(merchantId, "test-" + merchantId, LIFETIME, roles);
    }

    /// A token of one person among several of a merchant.
    public static String bearerOf(int merchantId, String subject, String... roles) {
        return token(merchantId, subject, LIFETIME, roles);
    }

    /// A token of nobody's merchant, as the operator has it.
    public static String bearerWithoutMerchant(String... roles) {
        return token(null, "test-operator", LIFETIME, roles);
    }

    public static String expired(int merchantId, String... roles) {
        return token(merchantId, "test-" + merchantId, Duration.ofHours(-1), roles);
    }

    /// What `quarkus.oidc.public-key` takes.
    public static String publicKey() {
        return resource("test-key.pub.pem");
    }

    private static String token(Integer merchantId, String subject, Duration lifetime, String... roles) {
        var now = Instant.now(Clock.systemUTC());
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", ISSUER);
        claims.put("sub", subject);
        claims.put("groups", List.of(roles));
        if (merchantId != null) {
            claims.put("merchant", merchantId);
        }
        claims.put("iat", now.minus(LIFETIME).getEpochSecond());
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        return sign(encode(Map.of("alg", "RS256", "typ", "JWT")) + "." + encode(claims));
    }

    private static String encode(Map<String, Object> part) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(part));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(String content) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEY);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey privateKey() {
        try {
            var der = Base64.getMimeDecoder().decode(resource("test-key.pem").replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (var stream = TestTokens.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
