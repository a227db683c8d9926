package io.regulars.customer.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.quarkus.scheduler.Scheduled;
import org.jdbi.v3.core.Jdbi;

/// Bounds how fast a password can be guessed. An attempt counts as failed before it is tried and is forgiven
/// when it succeeds, so that many at once gain nothing. From the sixth failure on, a name waits 2 s, 4 s, 8 s …
/// up to a quarter of an hour; an hour without an attempt forgets.
@ApplicationScoped
class FailedLogins {

    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private static final String COUNT = """
            insert into failed_login as f (name_hash, failures, last_at, blocked_until)
            values (:name, 1, :now::timestamptz, :now::timestamptz)
            on conflict (name_hash) do update set
              failures = case when f.last_at < :forgotten then 1 else f.failures + 1 end,
              last_at = :now::timestamptz,
              blocked_until = case
                when f.last_at < :forgotten or f.failures < 5 then :now::timestamptz
                else :now::timestamptz + least(power(2, least(f.failures - 4, 20)), 900) * interval '1 second' end
              where f.blocked_until <= :now
            """;

    private static final String BLOCKED = "select blocked_until from failed_login where name_hash = :name";

    private static final String FORGIVE = "delete from failed_login where name_hash = :name";

    private static final String PURGE = "delete from failed_login where last_at < :forgotten and blocked_until < :now";

    private final Jdbi jdbi;
    private final Clock clock;

    FailedLogins(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// How long this name must wait; empty where it may try now, which is counted.
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<Duration> attempt(String name) {
        Instant now = clock.instant();
        byte[] hash = hash(name);
        return jdbi.withHandle(handle -> {
            int counted = handle.createUpdate(COUNT)
                    .bind("name", hash)
                    .bind("now", now)
                    .bind("forgotten", now.minus(FORGOTTEN))
                    .execute();
            if (counted == 1) {
                return Optional.empty();
            }
            return handle.createQuery(BLOCKED)
                    .bind("name", hash)
                    .map((row, context) ->
                            row.getObject(1, OffsetDateTime.class).toInstant())
                    .findOne()
                    .map(until -> Duration.between(now, until));
        });
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void forgive(String name) {
        jdbi.useHandle(
                handle -> handle.createUpdate(FORGIVE).bind("name", hash(name)).execute());
    }

    @Scheduled(every = "1h", delayed = "10m")
    @Transactional
    void purge() {
        Instant now = clock.instant();
        jdbi.useHandle(handle -> handle.createUpdate(PURGE)
                .bind("now", now)
                .bind("forgotten", now.minus(FORGOTTEN))
                .execute());
    }

    private static byte[] hash(String name) {
        return Secrets.hash(name.strip().toLowerCase(Locale.ROOT));
    }
}
