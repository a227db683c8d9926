package io.regulars.scoring.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;

/// Reads histories: one customer's, or the whole shop's as a stream.
@ApplicationScoped
public class Histories {

    /// What a query over `history h` selects for [#read].
    public static final String COLUMNS = "h.customer_id, h.days, h.orders, h.amounts, h.promotions, "
            + "h.promotion_amounts, h.acts, h.bought, h.categories";

    private static final String ONE = """
            select %s from history h where h.merchant_id = :merchant and h.customer_id = :customer
            """.formatted(COLUMNS);

    private static final String ALL = """
            select %s, h.created_at, s.tier, %s
            from history h
            left join score s using (merchant_id, customer_id)
            left join tier_pin p using (merchant_id, customer_id)
            where h.merchant_id = :merchant
            """.formatted(COLUMNS, Pin.COLUMNS);

    private static final int FETCH = 2_000;

    /// A customer with what is known of them at present.
    ///
    /// @param createdAt null while the customer's own event has not come
    /// @param tier the present one, null before the first scoring
    /// @param pin null where no tier was given by hand
    public record Present(PurchaseHistory history, Instant createdAt, String tier, Pin pin) {

        /// Whether the shop knew the customer by then, by an order or by the record.
        public boolean knownOn(int day, Instant at) {
            return history.known(day) > 0 || (createdAt != null && !createdAt.isAfter(at));
        }
    }

    private final Jdbi jdbi;

    Histories(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public PurchaseHistory of(int merchant, long customer) {
        return jdbi.withHandle(handle -> handle.createQuery(ONE)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .map((row, context) -> read(row))
                .findOne()
                .orElseGet(() -> PurchaseHistory.none(customer)));
    }

    /// Rows pass through, however many: must be called in a transaction, or the driver would hold them all.
    public void all(int merchant, Consumer<Present> each) {
        jdbi.useHandle(handle -> {
            var query = handle.createQuery(ALL).bind("merchant", merchant).setFetchSize(FETCH);
            try (var rows = query
                    .map((row, context) -> new Present(
                            read(row), Fields.instant(row, "created_at"), row.getString("tier"), Pin.read(row)))
                    .stream()) {
                rows.forEach(each);
            }
        });
    }

    public static PurchaseHistory read(ResultSet row) throws SQLException {
        return new PurchaseHistory(
                row.getLong("customer_id"),
                Fields.ints(row, "days"),
                Fields.ints(row, "orders"),
                Fields.longs(row, "amounts"),
                Fields.ints(row, "promotions"),
                Fields.longs(row, "promotion_amounts"),
                new Activity(Fields.ints(row, "acts"), Fields.ints(row, "bought"), (String[])
                        row.getArray("categories").getArray()));
    }
}
