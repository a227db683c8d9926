package io.regulars.bench.shop;

import java.sql.Connection;
import java.sql.SQLException;

import io.regulars.bench.world.Database;

/// Writes a shop into customer-service's database: customers with the ids 1, 2 … of their numbers, and their orders.
/// Nothing is published; a benchmark that needs the other services to know does that itself.
public final class CustomerDatabase {

    private final Database database;
    private final int merchant;

    public CustomerDatabase(Database database, int merchant) {
        this.database = database;
        this.merchant = merchant;
    }

    /// Only the customers.
    public long customers(ShopModel shop) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            var written = customers(shop, connection);
            connection.commit();
            return written;
        }
    }

    /// Customers, orders and lines.
    ///
    /// @return how many orders
    public long all(ShopModel shop) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            customers(shop, connection);
            var orders = orders(shop, connection);
            lines(shop, connection);
            connection.commit();
            return orders;
        }
    }

    private long customers(ShopModel shop, Connection connection) throws SQLException {
        try (var rows = new CopyRows(connection, """
                customer (merchant_id, customer_id, version, external_id, name, email, time_zone, consents,
                  unsubscribe_token, created_at, changed_at)
                """)) {
            for (var number = 1L; number <= shop.customers(); number++) {
                rows.row(
                        merchant,
                        number,
                        1,
                        Buyer.externalId(number),
                        "Customer " + number,
                        "c" + number + "@example.com",
                        "Asia/Shanghai",
                        "{}",
                        "bench-" + merchant + "-" + number,
                        shop.from(),
                        shop.from());
            }
            var written = rows.end();
            advance(connection, "customer_id_seq", written);
            return written;
        }
    }

    private long orders(ShopModel shop, Connection connection) throws SQLException {
        try (var rows = new CopyRows(connection, """
                customer_order (merchant_id, customer_id, order_id, version, external_id, declared_status, status,
                  ordered_at, channel, big_promotion, backfill, created_at, changed_at)
                """)) {
            var order = 0L;
            for (var buyer : shop) {
                for (var purchase : buyer.purchases()) {
                    order++;
                    rows.row(
                            merchant,
                            buyer.number(),
                            order,
                            1,
                            "O" + order,
                            "PAID",
                            "PAID",
                            purchase.at(),
                            "shop",
                            false,
                            true,
                            purchase.at(),
                            purchase.at());
                }
            }
            var written = rows.end();
            advance(connection, "order_id_seq", written);
            return written;
        }
    }

    private void lines(ShopModel shop, Connection connection) throws SQLException {
        try (var rows = new CopyRows(connection, """
                order_line (merchant_id, customer_id, order_id, line_no, product_code, product_name, category,
                  quantity, unit_price, discount, amount, returned_quantity, kept_quantity, kept_amount)
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
                                line.product().category(),
                                line.quantity(),
                                line.unitPrice() / 100 + "." + line.unitPrice() % 100 / 10 + line.unitPrice() % 10,
                                0,
                                line.amount(),
                                0,
                                line.quantity(),
                                line.amount());
                    }
                }
            }
            rows.end();
        }
    }

    private static void advance(Connection connection, String sequence, long used) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select setval('" + sequence + "', greatest(1, " + used + "))");
        }
    }
}
