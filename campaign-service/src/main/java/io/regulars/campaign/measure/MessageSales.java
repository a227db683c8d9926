package io.regulars.campaign.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Shops;
import io.regulars.kit.money.Money;
import org.jdbi.v3.core.Jdbi;

/// Which orders a message had to do with: those within the window after it, and whether it was the last
/// message before them.
@ApplicationScoped
public class MessageSales {

    public static final Duration WINDOW = Duration.ofDays(7);

    /// @param orderId the merchant's own
    /// @param kept less what was given back
    /// @param touches messages of all campaigns within the window before it, this one among them
    /// @param lastTouch whether this was the last of them, so that the order counts as its effect
    public record Sale(String orderId, Instant placedAt, Money kept, long touches, boolean lastTouch) {}

    private static final int MOST = 50;

    private static final String OF = Scope.sql("""
            with mine as (
              select m.customer_id, m.id, {at} as at from message m
              where m.merchant_id = :merchant and m.customer_id = :customer and m.id = :message and {touch})
            select o.external_id, o.placed_at, o.kept, t.touches, t.last = mine.id as last_touch
            from mine
            join purchase_order o on o.merchant_id = :merchant and o.customer_id = mine.customer_id and o.kept is not null
              and o.placed_at >= mine.at and o.placed_at < mine.at + {window}
            cross join lateral (
              select count(*) as touches, (array_agg(m.id order by {at} desc, m.id desc))[1] as last from message m
              where m.merchant_id = :merchant and m.customer_id = o.customer_id and {touch}
                and o.placed_at >= {at} and o.placed_at < {at} + {window}) t
            order by o.placed_at limit :most
            """);

    private final Jdbi jdbi;
    private final Shops shops;

    MessageSales(Jdbi jdbi, Shops shops) {
        this.jdbi = jdbi;
        this.shops = shops;
    }

    public List<Sale> of(int merchant, long customer, long message) {
        String currency = shops.find(merchant).currency();
        return jdbi.withHandle(handle -> handle.createQuery(OF)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("message", message)
                .bind("window", WINDOW.toSeconds())
                .bind("most", MOST)
                .map((row, context) -> new Sale(
                        row.getString("external_id"),
                        row.getTimestamp("placed_at").toInstant(),
                        Money.ofMinor(row.getLong("kept"), currency),
                        row.getLong("touches"),
                        row.getBoolean("last_touch")))
                .list());
    }
}
