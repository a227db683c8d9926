package io.regulars.kit.idempotency;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.quarkus.scheduler.Scheduled;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// The keys that were used in the last day, with what was answered.
@ApplicationScoped
class IdempotencyKeys {

    private static final Duration KEPT = Duration.ofHours(24);

    /// Waits for a transaction that is busy with the same key; a key that is too old counts as unused.
    private static final String CLAIM = """
            insert into idempotency_key as known (merchant_id, key, operation, body_hash, created_at)
            values (:merchant, :key, :operation, :hash, :now)
            on conflict (merchant_id, key) do update
              set operation = excluded.operation, body_hash = excluded.body_hash, created_at = excluded.created_at,
                  status = null, location = null, answer = null
              where known.created_at < :expired
            """;

    private static final String FIND = """
            select operation, body_hash, status, location, answer from idempotency_key
            where merchant_id = :merchant and key = :key
            """;

    private static final String ANSWERED = """
            update idempotency_key set status = :status, location = :location, answer = :answer
            where merchant_id = :merchant and key = :key
            """;

    private static final String PURGE = """
            delete from idempotency_key where (merchant_id, key) in (
              select merchant_id, key from idempotency_key where created_at < :expired
              order by created_at limit 10000 for update skip locked)
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    IdempotencyKeys(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Known(String operation, byte[] bodyHash, Answer answer) {}

    /// The earlier answer, or nothing where the key is new and now ours.
    Optional<Answer> claim(int merchant, String key, String operation, byte[] hash) {
        return jdbi.withHandle(handle -> {
            int claimed = handle.createUpdate(CLAIM)
                    .bind("merchant", merchant)
                    .bind("key", key)
                    .bind("operation", operation)
                    .bind("hash", hash)
                    .bind("now", clock.instant())
                    .bind("expired", clock.instant().minus(KEPT))
                    .execute();
            if (claimed == 1) {
                return Optional.empty();
            }
            Known known = handle.createQuery(FIND)
                    .bind("merchant", merchant)
                    .bind("key", key)
                    .map((row, context) -> new Known(
                            row.getString("operation"),
                            row.getBytes("body_hash"),
                            new Answer(row.getInt("status"), row.getString("location"), row.getString("answer"))))
                    .one();
            if (!known.operation().equals(operation) || !MessageDigest.isEqual(known.bodyHash(), hash)) {
                throw Problems.invalid(
                        IdempotentInterceptor.HEADER, "was used for another request (" + known.operation() + ")");
            }
            return Optional.of(known.answer());
        });
    }

    void answered(int merchant, String key, Answer answer) {
        jdbi.useHandle(handle -> handle.createUpdate(ANSWERED)
                .bind("merchant", merchant)
                .bind("key", key)
                .bind("status", answer.status())
                .bind("location", answer.location())
                .bind("answer", answer.body())
                .execute());
    }

    @Scheduled(every = "1h", delayed = "5m")
    @Transactional
    void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate(PURGE)
                .bind("expired", clock.instant().minus(KEPT))
                .execute());
    }
}
