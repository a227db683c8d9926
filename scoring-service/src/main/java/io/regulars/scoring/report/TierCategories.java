package io.regulars.scoring.report;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.history.Shop;
import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;

/// What each tier buys most. Read from the orders when the shop is calibrated, as the cycles of products are, and
/// kept: nobody's question reads all orders.
@ApplicationScoped
public class TierCategories {

    private static final int MOST = 20;

    private static final String FORGET = "delete from tier_category where merchant_id = :merchant";

    /// A customer of several orders of a category is one.
    /// The tier is asked for and not joined: of a shop that has just been loaded the planner expects one row
    /// everywhere, and might sum its orders once for each customer.
    private static final String KEEP = """
            insert into tier_category (merchant_id, tier, category, customers, sales, kept_at)
            select :merchant, tier, category, customers, sales, :now
            from (
              select b.tier, b.category, count(*) as customers, sum(b.sales) as sales,
                row_number() over (partition by b.tier order by sum(b.sales) desc, b.category) as place
              from (
                select l.customer_id, coalesce(p.category, l.category) as category, sum(l.kept_amount) as sales,
                  (select s.tier from score s
                    where s.merchant_id = :merchant and s.customer_id = l.customer_id) as tier
                from order_line l
                join purchase_order o using (merchant_id, customer_id, order_id)
                left join product p on p.merchant_id = l.merchant_id and p.code = l.product_code
                where l.merchant_id = :merchant and o.counted and l.kept_quantity > 0
                  and coalesce(p.category, l.category) is not null
                  and (l.product_code is null or not l.product_code = any(:nonProducts))
                group by l.customer_id, coalesce(p.category, l.category)) b
              where b.tier is not null
              group by b.tier, b.category
              having count(*) >= :least) sold
            where place <= :most
            """;

    private static final String OF_ALL = """
            select tier, category, customers, sales, kept_at from tier_category where merchant_id = :merchant
            order by tier, sales desc, category
            """;

    /// @param customers of the tier who kept something of the category
    /// @param sales minor units that they kept of it
    record Bought(String tier, String category, long customers, long sales, Instant keptAt) {}

    private final Jdbi jdbi;

    TierCategories(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Reads the whole shop's orders.
    public void learn(Shop shop, Instant now) {
        jdbi.useHandle(handle -> {
            handle.createUpdate(FORGET).bind("merchant", shop.merchantId()).execute();
            handle.createUpdate(KEEP)
                    .bind("merchant", shop.merchantId())
                    .bindArray("nonProducts", String.class, List.copyOf(shop.nonProductCodes()))
                    .bind("least", Cells.LEAST)
                    .bind("most", MOST)
                    .bind("now", now)
                    .execute();
        });
    }

    /// The dearest first within each tier; at most 20 of each.
    List<Bought> of(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_ALL)
                .bind("merchant", merchant)
                .map((row, context) -> new Bought(
                        row.getString("tier"),
                        row.getString("category"),
                        row.getLong("customers"),
                        row.getLong("sales"),
                        Fields.instant(row, "kept_at")))
                .list());
    }
}
