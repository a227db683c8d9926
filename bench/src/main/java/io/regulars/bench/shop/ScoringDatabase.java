package io.regulars.bench.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import io.regulars.bench.world.Database;

/// Writes a shop into scoring-service's database as if its events had been applied, but not scored: orders, lines and
/// histories. The merchant's own row must be there. The lines have no category: nothing is bought again so often that
/// scoring-service learns how long it lasts, and there are no forecasts.
public final class ScoringDatabase {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Database database;
    private final int merchant;

    public ScoringDatabase(Database database, int merchant) {
        this.database = database;
        this.merchant = merchant;
    }

    /// A table on a connection each: what takes the time is the server's.
    ///
    /// @return how many orders
    public long all(Iterable<Buyer> shop) throws SQLException, InterruptedException {
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var orders = threads.submit(() -> copied(connection -> orders(shop, connection)));
            var lines = threads.submit(() -> copied(connection -> lines(shop, connection)));
            var histories = threads.submit(() -> copied(connection -> histories(shop, connection)));
            lines.get();
            size(histories.get(), orders.get());
            return orders.get();
        } catch (ExecutionException e) {
            throw new SQLException("the shop is not filled", e.getCause());
        }
    }

    private interface Copy {
        long into(Connection connection) throws SQLException;
    }

    private long copied(Copy copy) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            var rows = copy.into(connection);
            connection.commit();
            return rows;
        }
    }

    private void size(long buyers, long orders) throws SQLException {
        database.run("insert into shop_size (merchant_id, shard, buyers, orders) values (%d, 0, %d, %d)"
                .formatted(merchant, buyers, orders));
    }

    /// Customers without orders whose scorecard may change at that instant and no sooner.
    public void reviews(long customers, Instant due) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try (var rows = new CopyRows(connection, "history (merchant_id, customer_id)")) {
                for (var number = 1L; number <= customers; number++) {
                    rows.row(merchant, number);
                }
                rows.end();
            }
            try (var rows = new CopyRows(connection, "review (merchant_id, customer_id, due_at)")) {
                for (var number = 1L; number <= customers; number++) {
                    rows.row(merchant, number, due.plusSeconds(number % 86_400));
                }
                rows.end();
            }
            connection.commit();
        }
    }

    private long orders(Iterable<Buyer> shop, Connection connection) throws SQLException {
        try (var rows = new CopyRows(connection, """
                purchase_order (merchant_id, customer_id, order_id, version, status, ordered_at, big_promotion,
                  counted, day, amount)
                """)) {
            var order = 0L;
            for (var buyer : shop) {
                for (var purchase : buyer.purchases()) {
                    rows.row(
                            merchant,
                            buyer.number(),
                            ++order,
                            1,
                            "PAID",
                            purchase.at(),
                            false,
                            true,
                            day(purchase),
                            purchase.amount());
                }
            }
            return rows.end();
        }
    }

    private long lines(Iterable<Buyer> shop, Connection connection) throws SQLException {
        try (var rows = new CopyRows(connection, """
                order_line (merchant_id, customer_id, order_id, line_no, product_code, product_name, kept_quantity,
                  kept_amount)
                """)) {
            var order = 0L;
            for (var buyer : shop) {
                for (var purchase : buyer.purchases()) {
                    order++;
                    var lineNo = 0;
                    for (var line : purchase.lines()) {
                        rows.row(
                                merchant,
                                buyer.number(),
                                order,
                                ++lineNo,
                                line.product().code(),
                                line.product().name(),
                                line.quantity(),
                                line.amount());
                    }
                }
            }
            return rows.end();
        }
    }

    private long histories(Iterable<Buyer> shop, Connection connection) throws SQLException {
        try (var rows = new CopyRows(connection, """
                history (merchant_id, customer_id, customer_version, external_id, created_at, days, orders, amounts,
                  promotions, promotion_amounts)
                """)) {
            for (var buyer : shop) {
                var byDay = buyer.purchases().stream()
                        .collect(Collectors.groupingBy(ScoringDatabase::day, TreeMap::new, Collectors.toList()));
                rows.row(
                        merchant,
                        buyer.number(),
                        1,
                        buyer.externalId(),
                        buyer.purchases().getFirst().at(),
                        array(byDay.keySet()),
                        array(byDay.values().stream().map(Collection::size).toList()),
                        array(byDay.values().stream()
                                .map(purchases -> purchases.stream()
                                        .mapToLong(Purchase::amount)
                                        .sum())
                                .toList()),
                        array(byDay.keySet().stream().map(day -> 0).toList()),
                        array(byDay.keySet().stream().map(day -> 0).toList()));
            }
            return rows.end();
        }
    }

    private static long day(Purchase purchase) {
        return LocalDate.ofInstant(purchase.at(), ZONE).toEpochDay();
    }

    private static String array(Collection<? extends Number> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
