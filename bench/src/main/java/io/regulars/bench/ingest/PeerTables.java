package io.regulars.bench.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import io.regulars.bench.peer.Pgbench;
import io.regulars.bench.shop.Baskets;
import io.regulars.bench.world.Database;
import io.regulars.events.EventJson;
import io.regulars.events.OrderChanged;

/// The same tables once more, in a schema of their own in the same database, with the same indexes and foreign keys.
final class PeerTables {

    private static final String[] MAKE = {
        "create schema peer",
        "create table peer.customer_order (like public.customer_order including all)",
        "alter table peer.customer_order add foreign key (merchant_id, customer_id) references public.customer",
        "create table peer.order_line (like public.order_line including all)",
        "alter table peer.order_line add foreign key (merchant_id, customer_id, order_id) references peer.customer_order",
        "create table peer.outbox (like public.outbox including all)",
        "create sequence peer.order_id_seq"
    };

    /// One statement and so one transaction: the thinnest way to write an order, its lines and its event.
    private static final String INSERT = """
            with drawn as materialized (
              select %2$s as customer_id, nextval('peer.order_id_seq') as order_id from generate_series(1, %3$d)
            ), orders as (
              insert into peer.customer_order (
                merchant_id, customer_id, order_id, version, external_id, declared_status, status, ordered_at, channel,
                big_promotion, backfill, created_at, changed_at)
              select %1$d, customer_id, order_id, 1, 'P' || order_id, 'PAID', 'PAID', now(), 'shop', false, false,
                now(), now()
              from drawn
            ), lines as (
              insert into peer.order_line (
                merchant_id, customer_id, order_id, line_no, product_code, product_name, category, quantity,
                unit_price, discount, amount, returned_quantity, kept_quantity, kept_amount)
              select %1$d, customer_id, order_id, line_no, 'SKU-0001', 'Product 1', 'Category 1', 1, 49.00, 0, 4900, 0,
                1, 4900
              from drawn cross join lateral generate_series(1, 1 + (order_id %% %4$d)::int) as line_no
            )
            insert into peer.outbox (topic, event_key, spread, event_type, event_time, body)
            select 'orders', '%1$d.o' || order_id, customer_id::int, 'io.regulars.order-changed', now(), '\\x%5$s'
            from drawn;
            """;

    private final Database database;
    private final int merchant;
    private final int customers;

    private PeerTables(Database database, int merchant, int customers) {
        this.database = database;
        this.merchant = merchant;
        this.customers = customers;
    }

    static PeerTables make(Database database, int merchant, int customers) throws SQLException {
        database.run(MAKE);
        return new PeerTables(database, merchant, customers);
    }

    /// One order for each transaction.
    Path single(Path folder) throws IOException {
        return Pgbench.script(
                folder,
                "single",
                "\\set customer random(1, %d)%n".formatted(customers) + insert("(:customer)::bigint", 1));
    }

    /// Many orders for each transaction, in one insert for each table.
    Path batch(Path folder, int size) throws IOException {
        return Pgbench.script(
                folder, "batch-" + size, insert("(1 + floor(random() * %d))::bigint".formatted(customers), size));
    }

    private String insert(String customer, int orders) {
        return INSERT.formatted(
                merchant, customer, orders, Baskets.MOST_LINES, HexFormat.of().formatHex(event()));
    }

    /// As large as what customer-service writes for an order of two lines.
    private byte[] event() {
        var line = new OrderChanged.Line(1, "SKU-0001", "Product 1", "Category 1", 1, 4900, 1, 4900);
        return EventJson.write(new OrderChanged(
                merchant,
                1_000_000,
                1,
                "P1000000",
                10_000,
                OrderChanged.Status.PAID,
                Instant.parse("2025-06-01T12:00:00Z"),
                "CNY",
                "shop",
                false,
                List.of(line, line),
                List.of(),
                false));
    }

    /// Lets go of events that nobody sends.
    void forgetEvents() throws SQLException {
        database.run("truncate peer.outbox");
    }

    long orders() throws SQLException {
        return database.number("select count(*) from peer.customer_order where merchant_id = ?", merchant);
    }

    long lines() throws SQLException {
        return database.number("select count(*) from peer.order_line where merchant_id = ?", merchant);
    }

    Database database() {
        return database;
    }

    int merchant() {
        return merchant;
    }
}
