package io.regulars.campaign.preview;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Where messages for a try may go: addresses whose owner has shown that they are theirs, by a code that was
/// sent there. Without that a shop's account could write to anybody, past every guardrail.
@ApplicationScoped
class TestAddresses {

    static final String ID = "tad";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration CODE_LASTS = Duration.ofMinutes(10);
    private static final Duration BETWEEN_CODES = Duration.ofMinutes(1);
    private static final int CODES_A_DAY = 10;
    private static final int MOST_TRIES = 5;

    /// @param verifiedAt null until the code was told
    record Row(long id, String channel, String address, Instant createdAt, Instant verifiedAt) {}

    private static final String COLUMNS = "select id, channel, address, created_at, verified_at from test_address ";

    private static final String ADD = """
            insert into test_address (merchant_id, channel, address, created_at, created_by)
            values (:merchant, :channel, :address, :now, :by)
            on conflict on constraint test_address_once do update set removed_at = null
            returning id, channel, address, created_at, verified_at
            """;

    private static final String LIST =
            COLUMNS + "where merchant_id = :merchant and id > :after and removed_at is null order by id limit :limit";

    private static final String FIND =
            COLUMNS + "where merchant_id = :merchant and id = any(:ids) and removed_at is null";

    /// Its row stays, so that codes go on being counted.
    private static final String REMOVE = """
            update test_address set removed_at = :now, verified_at = null, code_hash = null
            where merchant_id = :merchant and id = :id
            """;

    private static final String NEW_CODE = """
            update test_address set code_hash = :hash, code_until = :until, tries = 0
            where merchant_id = :merchant and id = :id
            """;

    private static final String TRY = """
            update test_address set tries = tries + 1
            where merchant_id = :merchant and id = :id and tries < :most and code_until > :now and code_hash is not null
            returning code_hash
            """;

    private static final String VERIFIED = """
            update test_address set verified_at = :now, code_hash = null, code_until = null
            where merchant_id = :merchant and id = :id
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final TestSends sends;

    TestAddresses(Jdbi jdbi, Clock clock, TestSends sends) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.sends = sends;
    }

    /// Sends a code to it, unless it is verified already.
    @Transactional(Transactional.TxType.MANDATORY)
    Row add(int merchant, String channel, String address, String by) {
        Instant now = clock.instant();
        sends.lockShop(merchant);
        Row row = jdbi.withHandle(handle -> handle.createQuery(ADD)
                .bind("merchant", merchant)
                .bind("channel", channel)
                .bind("address", address)
                .bind("now", now)
                .bind("by", by)
                .map((found, context) -> row(found))
                .one());
        if (row.verifiedAt() == null) {
            sends.refuseBeyond(merchant, "code", CODES_A_DAY, Duration.ofDays(1));
            sends.refuseAgainWithin(merchant, row.id(), BETWEEN_CODES);
            sends.refuseSuppressed(merchant, channel, address);
            String code = "%06d".formatted(RANDOM.nextInt(1_000_000));
            jdbi.useHandle(handle -> handle.createUpdate(NEW_CODE)
                    .bind("merchant", merchant)
                    .bind("id", row.id())
                    .bind("hash", hash(row.id(), code))
                    .bind("until", now.plus(CODE_LASTS))
                    .execute());
            sends.sendCode(merchant, row, code, by);
        }
        return row;
    }

    /// A wrong code counts whatever becomes of the request: after five of them the code is worth nothing.
    @Transactional(Transactional.TxType.MANDATORY)
    Row verify(int merchant, long id, String code) {
        Instant now = clock.instant();
        Optional<byte[]> expected = QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery(TRY)
                        .bind("merchant", merchant)
                        .bind("id", id)
                        .bind("most", MOST_TRIES)
                        .bind("now", now)
                        .mapTo(byte[].class)
                        .findOne()));
        if (expected.isEmpty()) {
            throw Problems.conflict("no code is open for this address; ask for a new one");
        }
        if (!MessageDigest.isEqual(expected.get(), hash(id, code))) {
            throw Problems.invalid("code", "is not the one that was sent");
        }
        jdbi.useHandle(handle -> handle.createUpdate(VERIFIED)
                .bind("merchant", merchant)
                .bind("id", id)
                .bind("now", now)
                .execute());
        return find(merchant, List.of(id)).getFirst();
    }

    List<Row> list(int merchant, long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    List<Row> find(int merchant, Collection<Long> ids) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bindArray("ids", Long.class, List.copyOf(ids))
                .map((row, context) -> row(row))
                .list());
    }

    void remove(int merchant, long id) {
        jdbi.useHandle(handle -> handle.createUpdate(REMOVE)
                .bind("merchant", merchant)
                .bind("id", id)
                .bind("now", clock.instant())
                .execute());
    }

    private static byte[] hash(long id, String code) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((id + ":" + code).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp verified = row.getTimestamp("verified_at");
        return new Row(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("address"),
                row.getTimestamp("created_at").toInstant(),
                verified == null ? null : verified.toInstant());
    }
}
