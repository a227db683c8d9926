package io.regulars.customer.access;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The key that signs tokens. The first replica that ever starts makes it; it lives in the database, so that
/// all sign with the same one and a restart logs nobody out.
///
/// RSA, since each request's token is verified and few are signed: Java verifies RS256 some ten times as fast as ES256.
@Singleton
class SigningKeys {

    private static final int BITS = 2048;

    private static final String TAKE_TURNS = "select pg_advisory_xact_lock(hashtext('signing_key'))";

    private static final String LATEST =
            "select key_id, public_key, private_key from signing_key order by created_at desc limit 1";

    private static final String INSERT = """
            insert into signing_key (key_id, public_key, private_key, created_at)
            values (:id, :public, :private, :now)
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private volatile Key key;

    record Key(String id, PublicKey publicKey, PrivateKey privateKey) {}

    SigningKeys(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    void load(@Observes StartupEvent start) {
        key = QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> {
                    handle.execute(TAKE_TURNS);
                    return latest(handle).orElseGet(() -> make(handle));
                }));
    }

    Key current() {
        return key;
    }

    private static Optional<Key> latest(Handle handle) {
        return handle.createQuery(LATEST)
                .map((row, context) ->
                        key(row.getString("key_id"), row.getBytes("public_key"), row.getBytes("private_key")))
                .findOne();
    }

    private Key make(Handle handle) {
        KeyPair pair = generate();
        String id = HexFormat.of()
                .formatHex(
                        Secrets.hash(HexFormat.of().formatHex(pair.getPublic().getEncoded())), 0, 8);
        handle.createUpdate(INSERT)
                .bind("id", id)
                .bind("public", pair.getPublic().getEncoded())
                .bind("private", pair.getPrivate().getEncoded())
                .bind("now", clock.instant())
                .execute();
        return new Key(id, pair.getPublic(), pair.getPrivate());
    }

    private static KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    private static Key key(String id, byte[] publicKey, byte[] privateKey) {
        try {
            var factory = KeyFactory.getInstance("RSA");
            return new Key(
                    id,
                    factory.generatePublic(new X509EncodedKeySpec(publicKey)),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key in the database cannot be read", e);
        }
    }
}
