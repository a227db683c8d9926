package io.regulars.scoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.zip.GZIPInputStream;

import io.regulars.scoring.history.PurchaseHistory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The CDNOW shop, all 23,570 customers and the sample of 2,357 of them, read from raw orders; a test that asks
/// for one is skipped where it is not at hand.
public final class Cdnow {

    public static final Path SAMPLE = Path.of("../../shared/data/cdnow/CDNOW_sample.txt");

    public static final Path MASTER = Path.of("../../shared/data/cdnow/CDNOW_master.txt.gz");

    private Cdnow() {}

    public static List<PurchaseHistory> sample() throws IOException {
        assumeTrue(Files.exists(SAMPLE), "the CDNOW sample is not at hand");
        return histories(Files.readAllLines(SAMPLE), 2);
    }

    public static List<PurchaseHistory> master() throws IOException {
        assumeTrue(Files.exists(MASTER), "the CDNOW master is not at hand");
        try (var in = new GZIPInputStream(Files.newInputStream(MASTER));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return histories(lines.lines().skip(1).toList(), 1);
        }
    }

    /// @param dateAt which field the date is; the amount is the second after it
    private static List<PurchaseHistory> histories(List<String> lines, int dateAt) {
        var customers = new LinkedHashMap<String, Purchases>();
        for (var line : lines) {
            var fields = line.strip().split("\\s+");
            var date = LocalDate.parse(fields[dateAt], DateTimeFormatter.BASIC_ISO_DATE);
            var cents = new BigDecimal(fields[dateAt + 2]).movePointRight(2).longValueExact();
            customers.computeIfAbsent(fields[0], any -> Purchases.none()).on((int) date.toEpochDay(), cents, false);
        }
        return customers.values().stream().map(Purchases::history).toList();
    }
}
