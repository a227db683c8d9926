package io.regulars.bench.ingest;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.report.Goal;
import io.regulars.bench.shop.Buyer;
import io.regulars.bench.shop.OrderSource;
import io.regulars.bench.world.Database;

/// A CSV file through the public API, against COPY of the rows that come of it.
final class FileImport {

    private static final Set<String> OVER = Set.of("done", "failed", "cancelled");

    private final Shopfront shop;
    private final int orders;
    private long peerOrder = 1_000_000_000;

    FileImport(Shopfront shop) {
        this.shop = shop;
        this.orders = shop.bench().pick(50_000, 1_000);
    }

    void againstCopy() throws Exception {
        shop.report()
                .say(
                        "CSV import: a file of %,d orders is uploaded and imported, checks, products and events included, until its job is done; COPY puts as many orders and lines, already in the tables' form, into tables with the same indexes and foreign keys, in one transaction."
                                .formatted(orders));
        ours("W");
        var race = Race.run(
                "CSV import",
                shop.bench().rounds(),
                new Contestant("customer-service", round -> ours("F" + round + "-")),
                new Contestant("COPY", round -> theirs()),
                shop.bench().progress());
        shop.report().race(race, "lines/s", Goal.atLeast(0.6));
        shop.checkSums("CSV import");
    }

    private Sample ours(String prefix) throws Exception {
        var file = Files.createTempFile(shop.world().home().temporary(), "orders-", ".csv");
        var lines = write(file, prefix);
        var api = shop.world().api(shop.merchant());
        var meter = Meter.over(shop.service(), shop.postgres());
        var job = api.upload("/api/customer/v1/imports", file, Map.of("preset", "orders", "backfill", "true"));
        var path = "/api/customer/v1/imports/" + job.path("id").asText();
        while (!OVER.contains(job.path("state").asText())) {
            TimeUnit.MILLISECONDS.sleep(20);
            job = api.get(path);
        }
        var rate = lines / meter.elapsedSeconds();
        shop.drained();
        var sample = meter.rate(lines, rate);
        shop.report().check("CSV import: state", "done", job.path("state").asText());
        Files.delete(file);
        return sample;
    }

    private long write(Path file, String prefix) throws Exception {
        var lines = 0L;
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(
                    "order_id,customer_id,ordered_at,product_code,product_name,category,quantity,unit_price,channel\n");
            for (var i = 0; i < orders; i++) {
                var order = shop.source().next(prefix);
                for (var line : order.purchase().lines()) {
                    out.write(String.join(
                            ",",
                            order.externalId(),
                            Buyer.externalId(order.customer()),
                            order.purchase().at().toString(),
                            line.product().code(),
                            line.product().name(),
                            line.product().category(),
                            Integer.toString(line.quantity()),
                            OrderSource.price(line),
                            "shop\n"));
                    lines++;
                }
            }
        }
        return lines;
    }

    /// Drawn from a source of its own, with as many lines on the mean.
    private Sample theirs() throws Exception {
        var source = OrderSource.ofOneYear(shop.bench().seed() + peerOrder, shop.customers());
        var orderRows = new StringBuilder();
        var lineRows = new StringBuilder();
        var merchant = shop.peer().merchant();
        var lines = 0L;
        for (var i = 0; i < orders; i++) {
            var order = source.next("K");
            var id = peerOrder++;
            var key = merchant + "\t" + order.customer() + "\t" + id + "\t";
            orderRows
                    .append(key)
                    .append("1\tK")
                    .append(id)
                    .append("\tPAID\tPAID\t")
                    .append(order.purchase().at())
                    .append("\tshop\tf\tt\t")
                    .append(order.purchase().at())
                    .append('\t')
                    .append(order.purchase().at())
                    .append('\n');
            var lineNo = 0;
            for (var line : order.purchase().lines()) {
                lines++;
                lineRows.append(key)
                        .append(++lineNo)
                        .append('\t')
                        .append(line.product().code())
                        .append('\t')
                        .append(line.product().name())
                        .append('\t')
                        .append(line.product().category())
                        .append('\t')
                        .append(line.quantity())
                        .append('\t')
                        .append(OrderSource.price(line))
                        .append("\t0\t")
                        .append(line.amount())
                        .append("\t0\t")
                        .append(line.quantity())
                        .append('\t')
                        .append(line.amount())
                        .append('\n');
            }
        }
        var before = shop.peer().lines();
        try (var connection = shop.peer().database().connect()) {
            connection.setAutoCommit(false);
            var copy = Database.copy(connection);
            var orderText = new StringReader(orderRows.toString());
            var lineText = new StringReader(lineRows.toString());
            var meter = Meter.over(shop.postgres());
            copy.copyIn("""
                    copy peer.customer_order (merchant_id, customer_id, order_id, version, external_id,
                      declared_status, status, ordered_at, channel, big_promotion, backfill, created_at, changed_at)
                    from stdin
                    """, orderText);
            copy.copyIn("""
                    copy peer.order_line (merchant_id, customer_id, order_id, line_no, product_code, product_name,
                      category, quantity, unit_price, discount, amount, returned_quantity, kept_quantity, kept_amount)
                    from stdin
                    """, lineText);
            connection.commit();
            var sample = meter.rate(lines);
            shop.report().check("COPY: lines written", lines, shop.peer().lines() - before);
            return sample;
        }
    }
}
