package io.regulars.bench.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;

import io.regulars.bench.shop.OrderEvents;
import io.regulars.bench.world.Database;
import io.regulars.events.EventJson;
import io.regulars.events.OrderChanged;
import io.regulars.events.Partitioning;

/// Events that wait in a table of their own, from which one statement lays them into an outbox: those that
/// customer-service would write of orders, each order told in two versions.
final class OutboxRows {

    private static final String COLUMNS = "topic, event_key, spread, event_type, event_time, body";
    private static final int VERSIONS = 2;

    private final Database database;
    private final int count;

    private OutboxRows(Database database, int count) {
        this.database = database;
        this.count = count;
    }

    static OutboxRows draw(Database database, OrderEvents orders, int count) throws SQLException, IOException {
        database.run(
                "create schema peer",
                "create table peer.event (like public.outbox including defaults including identity)");
        try (var connection = database.connect()) {
            var copy = Database.copy(connection).copyIn("copy peer.event (" + COLUMNS + ") from stdin");
            for (var i = 0; i < count; i++) {
                var row = row(event(orders, count, i)).getBytes(StandardCharsets.UTF_8);
                copy.writeToCopy(row, 0, row.length);
            }
            copy.endCopy();
        }
        database.run("vacuum analyze peer.event");
        return new OutboxRows(database, count);
    }

    /// All first versions come before all second ones.
    private static OrderChanged event(OrderEvents orders, int count, int i) {
        var half = count / VERSIONS;
        return orders.event(1 + i % half, 1 + i / half);
    }

    private static String row(OrderChanged event) {
        return String.join(
                        "\t",
                        event.topic().topicName(),
                        event.key(),
                        Integer.toString(Partitioning.spread(event.merchantId(), event.customerId())),
                        event.topic().cloudEventType(),
                        event.orderedAt().toString(),
                        "\\\\x" + HexFormat.of().formatHex(EventJson.write(event)))
                + "\n";
    }

    int count() {
        return count;
    }

    int versions() {
        return VERSIONS;
    }

    /// In one transaction.
    ///
    /// @param topic null for that of the events
    void layInto(String outbox, String topic) throws SQLException {
        database.run(
                "insert into %s (%s) select coalesce(%s, topic), event_key, spread, event_type, event_time, body from peer.event order by id"
                        .formatted(outbox, COLUMNS, topic == null ? "null" : "'" + topic + "'"));
    }

    /// The bodies as lines of a file.
    Path bodies(Path file) throws SQLException, IOException {
        Files.createDirectories(file.getParent());
        try (var connection = database.connect();
                var out = Files.newOutputStream(file)) {
            Database.copy(connection)
                    .copyOut("copy (select convert_from(body, 'UTF8') from peer.event) to stdout", out);
        }
        return file;
    }
}
