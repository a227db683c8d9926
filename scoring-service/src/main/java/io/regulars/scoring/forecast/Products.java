package io.regulars.scoring.forecast;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.ProductChanged;
import io.regulars.scoring.rows.Columns;
import org.jdbi.v3.core.Jdbi;

/// How long products last: the merchant's word, and what is learned from those who bought again.
@ApplicationScoped
public class Products {

    private static final String UPSERT = """
            insert into product as p (merchant_id, code, version, name, category, lasts_days)
            select :merchant, * from unnest(:codes::text[], :versions::bigint[], :names::text[], :categories::text[],
              :lasts::float8[])
            on conflict (merchant_id, code) do update set version = excluded.version, name = excluded.name,
              category = excluded.category, lasts_days = excluded.lasts_days
            where p.version < excluded.version
            returning new.code, old.lasts_days is distinct from new.lasts_days
              or (old.category is distinct from new.category and exists (
                select from learned_cycle c where c.merchant_id = :merchant and c.kind = 'category'
                  and c.key in (old.category, new.category))) as moved
            """;

    /// The median of the customers' own medians, of what enough customers bought again, and the interval that
    /// holds it (see [Confidence]): by product and by category.
    private static final String LEARN = """
            with bought as (
              select distinct l.customer_id, l.product_code, coalesce(p.category, l.category) as category, o.day
              from order_line l
              join purchase_order o using (merchant_id, customer_id, order_id)
              left join product p on p.merchant_id = l.merchant_id and p.code = l.product_code
              where l.merchant_id = :merchant and o.counted and l.kept_quantity > 0 and l.product_code is not null
                and not l.product_code = any(:nonProducts)
            ), keyed as (
              select distinct 'product' as kind, product_code as key, customer_id, day from bought
              union all
              select distinct 'category', category, customer_id, day from bought where category is not null
            ), gaps as (
              select kind, key, customer_id,
                day - lag(day) over (partition by kind, key, customer_id order by day) as gap
              from keyed
            ), own as (
              select kind, key, customer_id, percentile_cont(0.5) within group (order by gap) as days,
                count(gap) as intervals
              from gaps group by kind, key, customer_id
            )
            select kind, key, percentile_cont(0.5) within group (order by days) as days, count(days) as customers,
              sum(intervals)::bigint as intervals, (array_agg(days order by days))[RANK] as from_days,
              (array_agg(days order by days))[count(days) + 1 - RANK] as to_days
            from own group by kind, key
            having count(days) >= :learnFrom and count(days) >= :learnShare * count(*)
            """.replace("RANK", Confidence.RANK_IN_SQL.formatted("count(days)") + "::int");

    /// A cycle that has moved by less than a tenth stays as it is, with what it was learned from: forecasts
    /// need not be made anew for it.
    private static final String KEEP_LEARNED = """
            with learned as (
              select * from unnest(:kinds::text[], :keys::text[], :days::float8[], :customers::bigint[],
                  :intervals::bigint[], :fromDays::float8[], :toDays::float8[])
                as l (kind, key, days, customers, intervals, from_days, to_days)
            ), forgotten as (
              delete from learned_cycle c where merchant_id = :merchant
                and not exists (select from learned l where l.kind = c.kind and l.key = c.key)
              returning 1
            ), kept as (
              insert into learned_cycle as c (merchant_id, kind, key, days, customers, intervals, from_days, to_days)
              select :merchant, kind, key, days, customers, intervals, from_days, to_days from learned
              on conflict (merchant_id, kind, key) do update set days = excluded.days, customers = excluded.customers,
                intervals = excluded.intervals, from_days = excluded.from_days, to_days = excluded.to_days
              where abs(c.days - excluded.days) > 0.1 * c.days or c.intervals is null
              returning 1
            )
            select (select count(*) from forgotten) + (select count(*) from kept)
            """;

    /// A cycle learned from customers who bought again.
    ///
    /// @param customers of whom it is the median of medians
    /// @param intervals of theirs; null, as the next two, where it was learned before that was kept
    /// @param fromDays with `toDays` the interval that holds the cycle by 95 % or more, of six customers or more
    public record Learned(
            String kind, String key, double days, long customers, Long intervals, Double fromDays, Double toDays) {}

    private record Moved(String code, boolean moved) {}

    private final Jdbi jdbi;

    Products(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// @return the products that now last longer or shorter, or belong to a category with another cycle: whose
    ///     forecasts must be made anew
    public Set<String> apply(int merchant, List<ProductChanged> events) {
        var sorted = events.stream()
                .sorted(Comparator.comparing(ProductChanged::code))
                .toList();
        return jdbi.withHandle(handle -> Columns.of(handle.createQuery(UPSERT).bind("merchant", merchant), sorted)
                .texts("codes", ProductChanged::code)
                .longs("versions", ProductChanged::version)
                .texts("names", ProductChanged::name)
                .texts("categories", ProductChanged::category)
                .doubles("lasts", ProductChanged::lastsDays)
                .bound()
                .map((row, context) -> new Moved(row.getString("code"), row.getBoolean("moved")))
                .filter(Moved::moved)
                .collect(Collectors.mapping(Moved::code, Collectors.toSet())));
    }

    /// Learns the cycles of the whole shop anew.
    ///
    /// @return whether any has changed
    public boolean learn(int merchant, Set<String> nonProducts, ForecastRules rules) {
        var learned = jdbi.withHandle(handle -> handle.createQuery(LEARN)
                .bind("merchant", merchant)
                .bindArray("nonProducts", String.class, List.copyOf(nonProducts))
                .bind("learnFrom", rules.learnFrom())
                .bind("learnShare", rules.learnShare())
                .map((row, context) -> learned(row))
                .list());
        return jdbi.withHandle(handle ->
                Columns.of(handle.createQuery(KEEP_LEARNED).bind("merchant", merchant), learned)
                                .texts("kinds", Learned::kind)
                                .texts("keys", Learned::key)
                                .doubles("days", Learned::days)
                                .longs("customers", Learned::customers)
                                .longs("intervals", Learned::intervals)
                                .doubles("fromDays", Learned::fromDays)
                                .doubles("toDays", Learned::toDays)
                                .bound()
                                .mapTo(Long.class)
                                .one()
                        > 0);
    }

    public List<Learned> learned(int merchant, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select kind, key, days, customers, intervals, from_days, to_days
                        from learned_cycle where merchant_id = :merchant
                        order by customers desc, kind, key limit :most
                        """)
                .bind("merchant", merchant)
                .bind("most", most)
                .map((row, context) -> learned(row))
                .list());
    }

    private static Learned learned(ResultSet row) throws SQLException {
        return new Learned(
                row.getString("kind"),
                row.getString("key"),
                row.getDouble("days"),
                row.getLong("customers"),
                row.getObject("intervals", Long.class),
                row.getObject("from_days", Double.class),
                row.getObject("to_days", Double.class));
    }
}
