package io.regulars.campaign.receipt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.message.Aftermath;
import io.regulars.campaign.message.MessageKey;
import io.regulars.campaign.sms.Inbound;
import org.jdbi.v3.core.Jdbi;

/// Keeps what providers tell, and moves messages by it. Told twice it counts once; told in the wrong order
/// the later one holds; told before the message is known to be sent it waits for that.
@ApplicationScoped
class Receipts {

    static final Duration KEPT = Duration.ofDays(30);
    private static final Duration WAITED_FOR = Duration.ofDays(1);
    private static final int MOST = 500;

    private static final String KEEP = """
            insert into receipt (provider, provider_id, status, reason, at, received_at)
            select :provider, provider_id, status, reason, at, :now
            from unnest(:ids::text[], :statuses::text[], :reasons::text[], :ats::timestamptz[])
              as r (provider_id, status, reason, at)
            on conflict on constraint receipt_pkey do nothing
            """;

    /// Of all that was told of a message the latest; where two are of one time, it was delivered.
    private static final String TAKE = """
            with open as (
              select r.provider, r.provider_id, r.status, h.merchant_id, h.customer_id, h.message_id
              from receipt r
              join handed_over h on h.provider = r.provider and h.provider_id = r.provider_id
              where not r.applied and r.received_at > :since
              order by r.received_at limit :limit
              for update of r skip locked
            ), done as (
              update receipt r set applied = true from open o
              where r.provider = o.provider and r.provider_id = o.provider_id and r.status = o.status
            )
            select distinct on (r.provider, r.provider_id) o.merchant_id, o.customer_id, o.message_id, r.status, r.reason,
              r.at
            from open o
            join receipt r on r.provider = o.provider and r.provider_id = o.provider_id
            order by r.provider, r.provider_id, r.at desc, r.status desc
            """;

    private static final String FORGET_RECEIPTS = """
            delete from receipt where (provider, provider_id, status) in (
              select provider, provider_id, status from receipt where received_at < :before
              order by received_at limit :limit for update skip locked)
            """;

    private static final String FORGET_NAMES = """
            delete from handed_over where (provider, provider_id) in (
              select provider, provider_id from handed_over where at < :before
              order by at limit :limit for update skip locked)
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Aftermath aftermath;

    Receipts(Jdbi jdbi, Clock clock, Aftermath aftermath) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.aftermath = aftermath;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void keep(String provider, List<Inbound.Report> reports) {
        if (reports.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(KEEP)
                .bind("provider", provider)
                .bind("now", clock.instant())
                .bindArray(
                        "ids",
                        String.class,
                        reports.stream().map(Inbound.Report::providerId).toList())
                .bindArray(
                        "statuses",
                        String.class,
                        reports.stream()
                                .map(one -> one.delivered() ? "delivered" : "bounced")
                                .toList())
                .bindArray(
                        "reasons",
                        String.class,
                        reports.stream()
                                .map(one -> one.delivered() ? null : one.reason())
                                .toList())
                .bindArray(
                        "ats",
                        String.class,
                        reports.stream().map(one -> one.at().toString()).toList())
                .execute());
    }

    /// @return whether there may be more
    @Transactional(Transactional.TxType.MANDATORY)
    boolean apply() {
        List<Aftermath.Fact> facts = jdbi.withHandle(handle -> handle.createQuery(TAKE)
                .bind("since", clock.instant().minus(WAITED_FOR))
                .bind("limit", MOST)
                .map((row, context) -> new Aftermath.Fact(
                        new MessageKey(
                                row.getInt("merchant_id"), row.getLong("customer_id"), row.getLong("message_id")),
                        row.getString("status"),
                        row.getString("reason"),
                        row.getTimestamp("at").toInstant()))
                .list());
        aftermath.note(facts);
        return facts.size() == MOST;
    }

    /// @return whether there may be more
    @Transactional(Transactional.TxType.MANDATORY)
    boolean forget() {
        Instant before = clock.instant().minus(KEPT);
        return jdbi.withHandle(handle -> {
            int receipts = handle.createUpdate(FORGET_RECEIPTS)
                    .bind("before", before)
                    .bind("limit", 10 * MOST)
                    .execute();
            int names = handle.createUpdate(FORGET_NAMES)
                    .bind("before", before)
                    .bind("limit", 10 * MOST)
                    .execute();
            return receipts == 10 * MOST || names == 10 * MOST;
        });
    }
}
