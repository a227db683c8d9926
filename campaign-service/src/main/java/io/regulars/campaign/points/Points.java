package io.regulars.campaign.points;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// What a customer has, what came of it, and what people post by hand.
@ApplicationScoped
class Points {

    private static final int NEXT_TO_EXPIRE = 5;

    private static final String BALANCE =
            "select points from point_balance where merchant_id = :merchant and customer_id = :customer";

    private static final String EXPIRING = """
            select expires_at, sum(points_left) as points from point_lot
            where merchant_id = :merchant and customer_id = :customer and points_left > 0 and expires_at is not null
            group by expires_at order by expires_at limit :limit
            """;

    private static final String ENTRIES = """
            select p.*, e.points from point_posting p
            join point_entry e on e.merchant_id = p.merchant_id and e.customer_id = p.customer_id
              and e.posting_id = p.id and e.account = 'customer'
            where p.merchant_id = :merchant and p.customer_id = :customer and p.id < :before
            order by p.id desc limit :limit
            """;

    private static final String POSTED = """
            select p.*, e.points from point_posting p
            join point_entry e on e.merchant_id = p.merchant_id and e.customer_id = p.customer_id
              and e.posting_id = p.id and e.account = 'customer'
            where p.merchant_id = :merchant and p.reference = :reference
            """;

    /// @param points more than they had before, or less
    record Entry(long id, long customerId, String kind, String reference, String reason, Instant at, long points) {}

    record Expiring(Instant at, long points) {}

    record Balance(long points, List<Expiring> expiring) {}

    private final Jdbi jdbi;
    private final Clock clock;
    private final Ledger ledger;
    private final RuleBook rules;

    Points(Jdbi jdbi, Clock clock, Ledger ledger, RuleBook rules) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.ledger = ledger;
        this.rules = rules;
    }

    Balance of(int merchant, long customer) {
        return jdbi.withHandle(handle -> new Balance(
                handle.createQuery(BALANCE)
                        .bind("merchant", merchant)
                        .bind("customer", customer)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L),
                handle.createQuery(EXPIRING)
                        .bind("merchant", merchant)
                        .bind("customer", customer)
                        .bind("limit", NEXT_TO_EXPIRE)
                        .map((row, context) ->
                                new Expiring(row.getTimestamp("expires_at").toInstant(), row.getLong("points")))
                        .list()));
    }

    /// The latest first.
    List<Entry> entries(int merchant, long customer, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(ENTRIES)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list());
    }

    /// @param reference the same again answers what was posted; with something else it is refused
    @Transactional
    Entry grant(int merchant, long customer, String reference, long points, String reason, Instant expiresAt) {
        Instant expiry = expiresAt != null
                ? expiresAt
                : rules.of(merchant)
                        .map(kept -> kept.rules().expiry(clock.instant()))
                        .orElse(null);
        return post(merchant, customer, Posting.Kind.GRANTED, "grant:" + reference, points, reason, expiry);
    }

    /// No more than there is.
    @Transactional
    Entry spend(int merchant, long customer, String reference, long points, String reason) {
        long balance = ledger.lock(merchant, customer);
        if (posted(merchant, "spend:" + reference).isEmpty() && balance < points) {
            throw Problems.conflict("the customer has %d points and not %d".formatted(Math.max(0, balance), points));
        }
        return post(merchant, customer, Posting.Kind.SPENT, "spend:" + reference, points, reason, null);
    }

    /// What was spent for the reference comes back as a whole, once.
    @Transactional
    Entry giveBack(int merchant, long customer, String reference, String reason) {
        ledger.lock(merchant, customer);
        Entry spent = posted(merchant, "spend:" + reference)
                .filter(entry -> entry.customerId() == customer)
                .orElseThrow(() -> Problems.conflict("the customer spent no points for " + reference));
        Instant expiry = rules.of(merchant)
                .map(kept -> kept.rules().expiry(clock.instant()))
                .orElse(null);
        return post(merchant, customer, Posting.Kind.GIVEN_BACK, "back:" + reference, -spent.points(), reason, expiry);
    }

    private Entry post(
            int merchant,
            long customer,
            Posting.Kind kind,
            String reference,
            long points,
            String reason,
            Instant expiresAt) {
        var posting = new Posting(merchant, customer, kind, reference, reason, points, clock.instant(), expiresAt);
        ledger.post(List.of(posting));
        Entry entry = posted(merchant, reference).orElseThrow();
        if (entry.customerId() != customer || entry.points() != posting.change()) {
            throw Problems.conflict("the reference was used for something else: %d points at %s"
                    .formatted(Math.abs(entry.points()), entry.at()));
        }
        return entry;
    }

    private Optional<Entry> posted(int merchant, String reference) {
        return jdbi.withHandle(handle -> handle.createQuery(POSTED)
                .bind("merchant", merchant)
                .bind("reference", reference)
                .map((row, context) -> entry(row))
                .findOne());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getLong("customer_id"),
                row.getString("kind"),
                row.getString("reference"),
                row.getString("reason"),
                row.getTimestamp("at").toInstant(),
                row.getLong("points"));
    }
}
