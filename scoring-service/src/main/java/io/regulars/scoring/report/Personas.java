package io.regulars.scoring.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.lifecycle.CycleSample;
import io.regulars.scoring.report.Cells.Cell;
import org.jdbi.v3.core.Jdbi;

/// What the customers of each tier are like: what they bought, and what their record says.
@ApplicationScoped
class Personas {

    /// Groups too small to be told apart are put together here already, so that there are few rows however many
    /// towns there are. Consents are no parts of a whole: a customer has several, or none.
    private static final String CELLS = """
            with cells as (
              select s.tier, v.dimension, v.value, count(*) as customers
              from customer_record r
              join score s using (merchant_id, customer_id)
              cross join lateral (values
                ('gender', r.gender),
                ('ageBand', case
                  when :year - r.birth_year < 18 then '0-17'
                  when :year - r.birth_year < 25 then '18-24'
                  when :year - r.birth_year < 35 then '25-34'
                  when :year - r.birth_year < 45 then '35-44'
                  when :year - r.birth_year < 55 then '45-54'
                  when :year - r.birth_year < 65 then '55-64'
                  when :year - r.birth_year >= 65 then '65+' end),
                ('region', r.region), ('city', r.city), ('needType', r.need_type)) v (dimension, value)
              where r.merchant_id = :merchant and v.value is not null
              group by s.tier, v.dimension, v.value
            ), placed as (
              select *, row_number() over (partition by tier, dimension order by customers desc, value) as place
              from cells
            )
            select tier, dimension, case when customers >= :least and place <= 30 then value end as value,
              sum(customers) as customers
            from placed group by 1, 2, 3
            union all
            select s.tier, 'consent', c.channel, count(*)
            from customer_record r
            join score s using (merchant_id, customer_id)
            cross join lateral unnest(r.consents) c (channel)
            where r.merchant_id = :merchant
            group by s.tier, c.channel
            union all
            select s.tier, 'record', null, count(*)
            from customer_record r
            join score s using (merchant_id, customer_id)
            where r.merchant_id = :merchant
            group by s.tier
            """;

    /// What the customers of one tier bought until today.
    static final class Bought {
        long customers;
        long orders;
        long sales;
        private final CycleSample cycles = new CycleSample();

        private void add(PurchaseHistory history, int today) {
            customers++;
            for (var i = 0; i < history.known(today); i++) {
                orders += history.orders()[i];
                sales = Math.addExact(sales, history.amounts()[i]);
            }
            cycles.add(history, today);
        }

        /// The middle of the days between two purchase days that follow each other; null where nobody came again.
        Double medianDays() {
            return cycles.cycle().pooledDays();
        }
    }

    /// @param bought by tier
    /// @param cells by tier and dimension; of `consent` how many want to hear on each channel, of `record` how
    ///     many have one
    record Known(Map<String, Bought> bought, Map<String, Map<String, List<Cell>>> cells) {}

    private record Row(String tier, String dimension, Cell cell) {}

    private final Jdbi jdbi;
    private final Histories histories;

    Personas(Jdbi jdbi, Histories histories) {
        this.jdbi = jdbi;
        this.histories = histories;
    }

    /// @param year of today
    Known known(Shop shop, int today, int year) {
        var bought = new HashMap<String, Bought>();
        histories.all(shop.merchantId(), present -> {
            if (present.tier() != null) {
                bought.computeIfAbsent(present.tier(), any -> new Bought()).add(present.history(), today);
            }
        });
        var cells = new HashMap<String, Map<String, List<Cell>>>();
        rows(shop.merchantId(), year)
                .forEach(row -> cells.computeIfAbsent(row.tier(), any -> new HashMap<>())
                        .computeIfAbsent(row.dimension(), any -> new java.util.ArrayList<>())
                        .add(row.cell()));
        return new Known(bought, cells);
    }

    private List<Row> rows(int merchant, int year) {
        return jdbi.withHandle(handle -> handle.createQuery(CELLS)
                .bind("merchant", merchant)
                .bind("year", year)
                .bind("least", Cells.LEAST)
                .map((row, context) -> new Row(
                        row.getString("tier"),
                        row.getString("dimension"),
                        new Cell(row.getString("value"), row.getLong("customers"))))
                .list());
    }
}
