package io.regulars.scoring.forecast;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.forecast.Forecast.Purchase;
import io.regulars.scoring.history.Touched.Purchased;
import io.regulars.scoring.rows.Columns;
import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// What stands of a customer and a product until they buy it again or give it back: a forecast, or, where only the
/// customer's rhythm tells, their last purchase of it.
@ApplicationScoped
class ForecastRows {

    /// By the day of the last purchase, as a [Rhythm] is asked.
    private static final String OF_CUSTOMERS = """
            select * from forecast where merchant_id = :merchant and customer_id = any(:customers)
            order by customer_id, bought_at, product_code
            """;

    private static final String DELETE_PAIRS = """
            delete from forecast f
            using unnest(:customers::bigint[], :codes::text[]) as gone (customer_id, product_code)
            where f.merchant_id = :merchant and f.customer_id = gone.customer_id
              and f.product_code = gone.product_code
            """;

    private static final String DELETE_CUSTOMERS =
            "delete from forecast where merchant_id = :merchant and customer_id = any(:customers)";

    private static final String WRITE = """
            insert into forecast as f (merchant_id, customer_id, product_code, product_name, cause_order_id, bought_at,
              runs_out_at, opens_at, closes_at, basis, cycle_days, from_days, to_days, intervals, customers)
            select :merchant, * from unnest(:customers::bigint[], :codes::text[], :names::text[], :causes::bigint[],
              :bought::text[]::timestamptz[], :runsOut::text[]::timestamptz[], :opens::text[]::timestamptz[],
              :closes::text[]::timestamptz[], :bases::text[], :days::float8[], :fromDays::float8[],
              :toDays::float8[], :intervals::bigint[], :learnedFrom::bigint[])
            on conflict (merchant_id, customer_id, product_code) do update set product_name = excluded.product_name,
              cause_order_id = excluded.cause_order_id, bought_at = excluded.bought_at,
              runs_out_at = excluded.runs_out_at, opens_at = excluded.opens_at, closes_at = excluded.closes_at,
              basis = excluded.basis, cycle_days = excluded.cycle_days, from_days = excluded.from_days,
              to_days = excluded.to_days, intervals = excluded.intervals, customers = excluded.customers
            """;

    /// @param last the last purchase of the product
    /// @param forecast null where only the customer's rhythm tells
    record Row(long customerId, String productCode, String productName, Purchase last, Forecast forecast) {

        Purchased pair() {
            return new Purchased(customerId, productCode);
        }

        private <T> T of(Function<Forecast, T> part) {
            return forecast == null ? null : part.apply(forecast);
        }

        private <T> T confidence(Function<Confidence, T> part) {
            return Optional.ofNullable(of(Forecast::confidence)).map(part).orElse(null);
        }
    }

    private final Jdbi jdbi;

    ForecastRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Row> of(int merchant, Collection<Long> customers) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_CUSTOMERS)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, List.copyOf(customers))
                .map((row, context) -> read(row))
                .list());
    }

    void delete(int merchant, Collection<Purchased> pairs) {
        if (!pairs.isEmpty()) {
            jdbi.useHandle(handle -> pairs(handle.createUpdate(DELETE_PAIRS).bind("merchant", merchant), pairs)
                    .execute());
        }
    }

    void deleteAll(int merchant, Collection<Long> customers) {
        jdbi.useHandle(handle -> handle.createUpdate(DELETE_CUSTOMERS)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, List.copyOf(customers))
                .execute());
    }

    static <S extends SqlStatement<S>> S pairs(S statement, Collection<Purchased> pairs) {
        return Columns.of(statement, pairs)
                .longs("customers", Purchased::customerId)
                .texts("codes", Purchased::productCode)
                .bound();
    }

    void write(int merchant, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> Columns.of(handle.createUpdate(WRITE).bind("merchant", merchant), rows)
                .longs("customers", Row::customerId)
                .texts("codes", Row::productCode)
                .texts("names", Row::productName)
                .longs("causes", row -> row.last().orderId())
                .texts("bought", row -> row.last().at())
                .texts("runsOut", row -> row.of(Forecast::runsOutAt))
                .texts("opens", row -> row.of(Forecast::opensAt))
                .texts("closes", row -> row.of(Forecast::closesAt))
                .texts(
                        "bases",
                        row -> Optional.ofNullable(row.of(Forecast::basis)).orElse(Cycle.Basis.rhythm))
                .doubles("days", row -> row.of(Forecast::cycleDays))
                .doubles("fromDays", row -> row.confidence(Confidence::fromDays))
                .doubles("toDays", row -> row.confidence(Confidence::toDays))
                .longs("intervals", row -> row.confidence(Confidence::intervals))
                .longs("learnedFrom", row -> row.confidence(Confidence::customers))
                .bound()
                .execute());
    }

    private static Row read(ResultSet row) throws SQLException {
        var code = row.getString("product_code");
        var name = row.getString("product_name");
        var last = new Purchase(row.getLong("cause_order_id"), Fields.instant(row, "bought_at"), 0);
        return new Row(row.getLong("customer_id"), code, name, last, forecast(row, code, name, last));
    }

    private static Forecast forecast(ResultSet row, String code, String name, Purchase last) throws SQLException {
        var basis = Cycle.Basis.valueOf(row.getString("basis"));
        if (basis == Cycle.Basis.rhythm) {
            return null;
        }
        return new Forecast(
                code,
                name,
                last.orderId(),
                last.at(),
                Fields.instant(row, "runs_out_at"),
                Fields.instant(row, "opens_at"),
                Fields.instant(row, "closes_at"),
                basis,
                row.getDouble("cycle_days"),
                confidence(row, basis));
    }

    /// The median is of the customers' medians where more than one may have been learned from.
    private static Confidence confidence(ResultSet row, Cycle.Basis basis) throws SQLException {
        var from = row.getObject("from_days", Double.class);
        if (from == null) {
            return null;
        }
        var intervals = row.getLong("intervals");
        var customers = row.getLong("customers");
        var values = basis == Cycle.Basis.customer ? intervals : customers;
        return new Confidence(from, row.getDouble("to_days"), values, intervals, customers);
    }
}
