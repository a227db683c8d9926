package io.regulars.scoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import io.regulars.scoring.history.PurchaseHistory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// A British gift shop of 2011, read from its raw lines; a test that asks for it is skipped where it is not at
/// hand. Of the lines those with a customer, a positive quantity and price, and an invoice that cancels
/// nothing; an order is made on the earliest day that its lines name. Prices have up to three decimals, so
/// amounts are in thousandths.
public final class OnlineRetail {

    private static final Path FILE = Path.of("../../shared/data/online_retail/online_retail.csv.gz");

    private record Order(String customer, int day, long amount) {

        Order and(Order line) {
            return new Order(customer, Math.min(day, line.day), amount + line.amount);
        }
    }

    private OnlineRetail() {}

    public static List<PurchaseHistory> customers() throws IOException {
        assumeTrue(Files.exists(FILE), "the Online Retail data is not at hand");
        var customers = new LinkedHashMap<String, Purchases>();
        orders().values()
                .forEach(order -> customers
                        .computeIfAbsent(order.customer(), any -> Purchases.none())
                        .on(order.day(), order.amount(), false));
        return customers.values().stream().map(Purchases::history).toList();
    }

    private static Map<String, Order> orders() throws IOException {
        var orders = new LinkedHashMap<String, Order>();
        try (var in = new GZIPInputStream(Files.newInputStream(FILE));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
            lines.readLine();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line, orders);
            }
        }
        return orders;
    }

    /// Only the description, the third field, holds commas: the others are counted from the ends.
    private static void take(String line, Map<String, Order> orders) {
        var fields = line.split(",", -1);
        var last = fields.length - 1;
        var quantity = Long.parseLong(fields[last - 4]);
        var thousandths = new BigDecimal(fields[last - 2]).movePointRight(3).longValueExact();
        if (fields[last - 1].isEmpty() || fields[0].startsWith("C") || quantity <= 0 || thousandths <= 0) {
            return;
        }
        var day = (int) LocalDate.parse(fields[last - 3].substring(0, 10)).toEpochDay();
        orders.merge(fields[0], new Order(fields[last - 1], day, quantity * thousandths), Order::and);
    }
}
