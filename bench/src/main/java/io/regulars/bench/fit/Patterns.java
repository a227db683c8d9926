package io.regulars.bench.fit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import io.regulars.bench.shop.Purchase;
import io.regulars.bench.shop.ShopModel;

/// What BG/NBD asks of a shop: a row a customer, `repeats,last day,age`, in days from the first purchase.
/// Several purchases of a day are one.
///
/// @param customers how many there are
/// @param rows a file of them
record Patterns(String shop, long customers, Path rows) {

    /// The papers learn from the first 39 weeks.
    private static final int LEARNED_UNTIL = (int) LocalDate.of(1997, 9, 30).toEpochDay();

    static Patterns drawn(ShopModel shop, Path folder) throws IOException {
        var file = folder.resolve("drawn.csv");
        var until = day(shop.until());
        try (var out = Files.newBufferedWriter(file)) {
            for (var buyer : shop) {
                var days = new TreeSet<Integer>();
                buyer.purchases().stream().map(Purchase::at).map(Patterns::day).forEach(days::add);
                out.write(row(days, until));
            }
        }
        return new Patterns("the generated shop", shop.customers(), file);
    }

    /// CDNOW's customers as their papers have them.
    ///
    /// @param orders a line each, packed where the name says so
    /// @param dateAt which field of a line is the date; the first is the customer
    static Patterns ofCdnow(String shop, Path orders, int dateAt, Path folder) throws IOException {
        var customers = new LinkedHashMap<String, TreeSet<Integer>>();
        try (var lines = lines(orders)) {
            lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields[dateAt].matches("\\d{8}"))
                    .forEach(fields -> customers
                            .computeIfAbsent(fields[0], any -> new TreeSet<>())
                            .add((int) LocalDate.parse(fields[dateAt], DateTimeFormatter.BASIC_ISO_DATE)
                                    .toEpochDay()));
        }
        var rows = new ArrayList<String>();
        customers.values().forEach(days -> rows.add(row(days, LEARNED_UNTIL)));
        var file = folder.resolve(orders.getFileName() + ".csv");
        Files.writeString(file, String.join("", rows));
        return new Patterns(shop, rows.size(), file);
    }

    private static Stream<String> lines(Path file) throws IOException {
        var bytes = Files.newInputStream(file);
        var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.US_ASCII));
        return reader.lines().onClose(() -> {
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static String row(TreeSet<Integer> days, int until) {
        var known = List.copyOf(days.headSet(until, true));
        return "%d,%d,%d\n".formatted(known.size() - 1, known.getLast() - known.getFirst(), until - known.getFirst());
    }

    private static int day(Instant at) {
        return (int) LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay();
    }
}
