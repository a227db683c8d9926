package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jdbi.v3.core.Handle;

/// What there is of a coupon to be issued, and to whom.
///
/// @param left null where there is no end to it
/// @param perCustomer null where each may have as many as they like
record Stock(
        Offer offer,
        Instant validUntil,
        String validFor,
        Long left,
        Integer perCustomer,
        String codes,
        String sharedCode,
        String sharedKey) {

    private static final String LOCK =
            "select * from coupon where merchant_id = :merchant and id = :coupon for no key update";

    private static final String LOOK = "select * from coupon where merchant_id = :merchant and id = :coupon";

    private static final String HAD = """
            select customer_id, count(*) from coupon_code
            where merchant_id = :merchant and coupon_id = :coupon and customer_id = any(:customers) and state <> 'voided'
            group by customer_id
            """;

    boolean shared() {
        return CheckoutRules.SHARED.equals(codes);
    }

    /// Held until the transaction ends: whoever else issues waits.
    static Stock lock(Handle handle, int merchant, long coupon) {
        return read(handle, merchant, coupon, LOCK);
    }

    static Stock look(Handle handle, int merchant, long coupon) {
        return read(handle, merchant, coupon, LOOK);
    }

    /// How many of it customers have had; who had none is not there.
    static Map<Long, Integer> had(Handle handle, int merchant, long coupon, Collection<Long> customers) {
        return handle.createQuery(HAD)
                .bind("merchant", merchant)
                .bind("coupon", coupon)
                .bindArray("customers", Long.class, List.copyOf(customers))
                .reduceRows(new HashMap<>(), (had, row) -> {
                    had.put(row.getColumn("customer_id", Long.class), row.getColumn("count", Integer.class));
                    return had;
                });
    }

    /// @param granted how many were issued since it was read
    /// @param count how many the customer has had with this one
    /// @param until when this one would end; null where it is for ever
    /// @return null where nothing speaks against it
    String refusal(int granted, int count, Instant until, Instant now) {
        if (left != null && left <= granted) {
            return "coupon is out of stock";
        }
        if (perCustomer != null && count > perCustomer) {
            return "customer has had the coupon " + perCustomer + " times already";
        }
        return until != null && !until.isAfter(now) ? "coupon has expired" : null;
    }

    private static Stock read(Handle handle, int merchant, long coupon, String query) {
        return handle.createQuery(query)
                .bind("merchant", merchant)
                .bind("coupon", coupon)
                .map((row, context) -> stock(row))
                .one();
    }

    private static Stock stock(ResultSet row) throws SQLException {
        Long stock = row.getObject("stock", Long.class);
        var until = row.getTimestamp("valid_until");
        return new Stock(
                offer(row),
                until == null ? null : until.toInstant(),
                row.getString("valid_for"),
                stock == null ? null : stock - row.getLong("issued"),
                row.getObject("per_customer", Integer.class),
                row.getString("codes"),
                row.getString("shared_code"),
                row.getString("shared_key"));
    }

    static Offer offer(ResultSet row) throws SQLException {
        BigDecimal percent = row.getBigDecimal("percent_off");
        return new Offer(
                row.getString("kind"),
                percent,
                row.getObject("amount_off", Long.class),
                row.getObject("minimum_spend", Long.class),
                row.getString("gift"));
    }
}
