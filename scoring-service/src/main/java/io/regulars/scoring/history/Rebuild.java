package io.regulars.scoring.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.OrderChanged.Status;
import io.regulars.scoring.history.Contribution.Kept;
import io.regulars.scoring.rows.Columns;
import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;

/// Makes histories anew from the orders: when the merchant's days or product codes have changed, and for proof.
@ApplicationScoped
public class Rebuild {

    private static final String ORDERS = """
            select o.customer_id, o.order_id, o.status, o.ordered_at, o.counted, o.day, o.amount,
              array_agg(l.product_code order by l.line_no) filter (where l.line_no is not null) as codes,
              array_agg(l.kept_quantity order by l.line_no) filter (where l.line_no is not null) as quantities,
              array_agg(l.kept_amount order by l.line_no) filter (where l.line_no is not null) as amounts
            from purchase_order o
            left join order_line l using (merchant_id, customer_id, order_id)
            where o.merchant_id = :merchant and o.customer_id = any(:customers)
            group by o.merchant_id, o.customer_id, o.order_id
            """;

    private static final String CORRECT = """
            update purchase_order o set counted = n.counted, day = n.day, amount = n.amount
            from unnest(:ids::bigint[], :orders::bigint[], :counted::text[]::boolean[], :days::int[],
              :amounts::bigint[]) as n (customer_id, order_id, counted, day, amount)
            where o.merchant_id = :merchant and o.customer_id = n.customer_id and o.order_id = n.order_id
            """;

    private record Correction(long customerId, long orderId, Contribution right) {}

    private final Jdbi jdbi;
    private final HistoryRows histories;

    Rebuild(Jdbi jdbi, HistoryRows histories) {
        this.jdbi = jdbi;
        this.histories = histories;
    }

    public void of(Shop shop, List<Long> customers) {
        histories.lock(shop.merchantId(), customers);
        correct(shop.merchantId(), corrections(shop, customers));
        histories.remake(shop, customers);
    }

    /// Locks the customers, so that nobody else changes what hangs on their orders.
    public void lock(int merchant, List<Long> customers) {
        histories.lock(merchant, customers);
    }

    private List<Correction> corrections(Shop shop, List<Long> customers) {
        var corrections = new ArrayList<Correction>();
        jdbi.useHandle(handle -> handle.createQuery(ORDERS)
                .bind("merchant", shop.merchantId())
                .bindArray("customers", Long.class, customers)
                .map((row, context) -> {
                    var right = Contribution.of(
                            Status.valueOf(row.getString("status")),
                            Fields.instant(row, "ordered_at"),
                            lines(row),
                            shop);
                    return right.equals(held(row))
                            || corrections.add(
                                    new Correction(row.getLong("customer_id"), row.getLong("order_id"), right));
                })
                .list());
        return corrections;
    }

    private static Contribution held(ResultSet row) throws SQLException {
        return new Contribution(row.getBoolean("counted"), row.getInt("day"), row.getLong("amount"));
    }

    private static List<Kept> lines(ResultSet row) throws SQLException {
        if (row.getArray("codes") == null) {
            return List.of();
        }
        var codes = (String[]) row.getArray("codes").getArray();
        var quantities = Fields.longs(row, "quantities");
        var amounts = Fields.longs(row, "amounts");
        var lines = new ArrayList<Kept>();
        for (var i = 0; i < codes.length; i++) {
            lines.add(new Kept(codes[i], quantities[i], amounts[i]));
        }
        return lines;
    }

    private void correct(int merchant, List<Correction> corrections) {
        if (corrections.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> Columns.of(handle.createUpdate(CORRECT).bind("merchant", merchant), corrections)
                .longs("ids", Correction::customerId)
                .longs("orders", Correction::orderId)
                .texts("counted", correction -> correction.right().counted())
                .ints("days", correction -> correction.right().day())
                .longs("amounts", correction -> correction.right().amount())
                .bound()
                .execute());
    }
}
