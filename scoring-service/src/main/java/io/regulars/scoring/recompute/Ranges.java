package io.regulars.scoring.recompute;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.history.Touched.Purchased;
import org.jdbi.v3.core.Jdbi;

/// A recompute cut into ranges of customers: made once, claimed one by one, gone when done.
@ApplicationScoped
class Ranges {

    private static final int MOST_ATTEMPTS = 10;

    /// What a calibration asked for waits so long for the fit that was asked for with it.
    static final Duration FIT_AWAITED_FOR = Duration.ofMinutes(5);

    /// One recompute of a merchant at a time: the next one waits, and takes in what else is asked for meanwhile.
    /// It waits for a paused one too: calibrations ask by themselves, and would bring back the load that the pause
    /// is to spare. A calibration's waits for the fit that follows it, so that both score everybody anew once.
    private static final String START = """
            update recompute set state = 'running', started_at = :now
            where (merchant_id, recompute_id) in (
              select merchant_id, recompute_id from recompute queued
              where state = 'queued' and not exists (
                select from recompute running
                where running.merchant_id = queued.merchant_id and running.state in ('running', 'paused'))
              and (queued.reason <> 'calibration' or queued.requested_at <= :tooLong or not exists (
                select from lifetime_fit fit
                where fit.merchant_id = queued.merchant_id and fit.reason = 'calibration'
                  and fit.state in ('queued', 'running')))
              order by recompute_id limit 1 for update skip locked)
            returning merchant_id, recompute_id, products
            """;

    private static final String CUT = """
            with customers as (
              select customer_id from history where merchant_id = :merchant and :everybody
              union
              select customer_id from order_line
              where merchant_id = :merchant and product_code = any(:products)
            ), numbered as (
              select customer_id, (row_number() over (order by customer_id) - 1) / :size as range from customers
            ), cut as (
              insert into recompute_range (merchant_id, recompute_id, first_customer, last_customer)
              select :merchant, :id, min(customer_id), max(customer_id) from numbered group by range
            )
            update recompute set total = (select count(*) from customers)
            where merchant_id = :merchant and recompute_id = :id
            """;

    private static final String CLAIM = """
            select g.merchant_id, g.recompute_id, g.first_customer, g.last_customer, r.rebuild, r.products
            from recompute_range g join recompute r using (merchant_id, recompute_id)
            where r.state = 'running'
            order by g.attempts, g.recompute_id, g.first_customer
            limit 1 for update of g skip locked
            """;

    private static final String CUSTOMERS = """
            select customer_id from history
            where merchant_id = :merchant and customer_id between :first and :last
            order by customer_id
            """;

    private static final String BUYERS = """
            select distinct customer_id, product_code from order_line
            where merchant_id = :merchant and product_code = any(:products) and customer_id between :first and :last
            order by customer_id, product_code
            """;

    private static final String DROP = """
            delete from recompute_range
            where merchant_id = :merchant and recompute_id = :id and first_customer = :first
            """;

    private static final String PROGRESS =
            "update recompute set done = done + :done where merchant_id = :merchant and recompute_id = :id";

    private static final String FINISH = """
            update recompute r set state = 'done', finished_at = :now
            where state = 'running' and not exists (
              select from recompute_range g where g.merchant_id = r.merchant_id and g.recompute_id = r.recompute_id)
            """;

    private static final String DROP_LEFT = """
            delete from recompute_range where (merchant_id, recompute_id, first_customer) in (
              select merchant_id, recompute_id, first_customer
              from recompute_range g join recompute r using (merchant_id, recompute_id)
              where r.state in ('cancelled', 'failed') limit 5000 for update of g skip locked)
            """;

    private static final String FAILED_ONCE_MORE = """
            update recompute_range set attempts = attempts + 1
            where merchant_id = :merchant and recompute_id = :id and first_customer = :first
            returning attempts
            """;

    private static final String FAIL = """
            update recompute set state = 'failed', finished_at = :now, problem = :problem
            where merchant_id = :merchant and recompute_id = :id and state = 'running'
            """;

    /// @param products only who bought one of these; null for everybody
    record Range(int merchant, long recompute, long first, long last, boolean rebuild, List<String> products) {}

    private record Started(int merchant, long recompute, List<String> products) {}

    private final Jdbi jdbi;

    Ranges(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Cuts the next waiting recompute into ranges; false where none may start.
    boolean startNext(int size, Instant now) {
        return jdbi.withHandle(handle -> {
            var started = handle.createQuery(START)
                    .bind("now", now)
                    .bind("tooLong", now.minus(FIT_AWAITED_FOR))
                    .map((row, context) ->
                            new Started(row.getInt("merchant_id"), row.getLong("recompute_id"), products(row)))
                    .findOne();
            started.ifPresent(one -> handle.createUpdate(CUT)
                    .bind("merchant", one.merchant())
                    .bind("id", one.recompute())
                    .bind("everybody", one.products() == null)
                    .bindArray("products", String.class, one.products() == null ? List.of() : one.products())
                    .bind("size", size)
                    .execute());
            return started.isPresent();
        });
    }

    Optional<Range> claim() {
        return jdbi.withHandle(handle -> handle.createQuery(CLAIM)
                .map((row, context) -> new Range(
                        row.getInt("merchant_id"),
                        row.getLong("recompute_id"),
                        row.getLong("first_customer"),
                        row.getLong("last_customer"),
                        row.getBoolean("rebuild"),
                        products(row)))
                .findOne());
    }

    List<Long> customers(Range range) {
        return jdbi.withHandle(handle -> handle.createQuery(CUSTOMERS)
                .bind("merchant", range.merchant())
                .bind("first", range.first())
                .bind("last", range.last())
                .mapTo(Long.class)
                .list());
    }

    List<Purchased> buyers(Range range) {
        return jdbi.withHandle(handle -> handle.createQuery(BUYERS)
                .bind("merchant", range.merchant())
                .bind("first", range.first())
                .bind("last", range.last())
                .bindArray("products", String.class, range.products())
                .map((row, context) -> new Purchased(row.getLong("customer_id"), row.getString("product_code")))
                .list());
    }

    void done(Range range, int customers) {
        jdbi.useHandle(handle -> {
            handle.createUpdate(DROP)
                    .bind("merchant", range.merchant())
                    .bind("id", range.recompute())
                    .bind("first", range.first())
                    .execute();
            handle.createUpdate(PROGRESS)
                    .bind("merchant", range.merchant())
                    .bind("id", range.recompute())
                    .bind("done", customers)
                    .execute();
        });
    }

    void finish(Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate(FINISH).bind("now", now).execute());
    }

    /// What cancelled and failed recomputes left; one that somebody still works on goes the next time.
    void dropLeft() {
        jdbi.useHandle(handle -> handle.execute(DROP_LEFT));
    }

    /// A range that fails again and again fails the recompute, with the last reason.
    void failed(Range range, String problem, Instant now) {
        jdbi.useHandle(handle -> {
            var attempts = handle.createQuery(FAILED_ONCE_MORE)
                    .bind("merchant", range.merchant())
                    .bind("id", range.recompute())
                    .bind("first", range.first())
                    .mapTo(Integer.class)
                    .findOne();
            if (attempts.isPresent() && attempts.get() >= MOST_ATTEMPTS) {
                handle.createUpdate(FAIL)
                        .bind("merchant", range.merchant())
                        .bind("id", range.recompute())
                        .bind("problem", problem)
                        .bind("now", now)
                        .execute();
            }
        });
    }

    private static List<String> products(ResultSet row) throws SQLException {
        var array = row.getArray("products");
        return array == null ? null : List.of((String[]) array.getArray());
    }
}
