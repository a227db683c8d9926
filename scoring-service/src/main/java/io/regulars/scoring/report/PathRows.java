package io.regulars.scoring.report;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// What customers did in a period, from its interactions and its orders alone.
@ApplicationScoped
class PathRows {

    /// Of the same instant, what comes earlier in the funnel goes first. The indexes lead with the instant, so a
    /// period costs what lies in it and not what the shop is old.
    static final String DONE = """
            select customer_id, kind from (
              select customer_id, kind, at from interaction
              where merchant_id = :merchant and at >= :from and at < :to
              union all
              select customer_id, :order, ordered_at from purchase_order
              where merchant_id = :merchant and counted and ordered_at >= :from and ordered_at < :to) done
            order by customer_id, at, array_position(array['visited', 'products_searched', 'product_viewed',
              'product_added', :order, 'product_reviewed'], kind), kind
            """;

    private static final int FETCH = 2_000;

    private record Done(long customerId, String kind) {}

    private final Jdbi jdbi;

    PathRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Rows pass through, however many: must be called in a transaction, or the driver would hold them all.
    Funnel funnel(int merchant, Instant from, Instant to) {
        var funnel = new Funnel();
        jdbi.useHandle(handle -> {
            var query = handle.createQuery(DONE)
                    .bind("merchant", merchant)
                    .bind("from", from)
                    .bind("to", to)
                    .bind("order", Funnel.ORDER)
                    .setFetchSize(FETCH);
            try (var rows =
                    query.map((row, context) -> new Done(row.getLong("customer_id"), row.getString("kind"))).stream()) {
                rows.forEach(done -> funnel.add(done.customerId(), done.kind()));
            }
        });
        return funnel;
    }
}
