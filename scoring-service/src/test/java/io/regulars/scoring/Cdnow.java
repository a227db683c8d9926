package io.regulars.scoring;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;

import io.regulars.scoring.history.PurchaseHistory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The CDNOW sample of 2,357 customers, read from its raw orders; a test that asks for it is skipped where it is
/// not at hand.
public final class Cdnow {

    public static final Path SAMPLE = Path.of("../../shared/data/cdnow/CDNOW_sample.txt");

    private Cdnow() {}

    public static List<PurchaseHistory> sample() throws IOException {
        assumeTrue(Files.exists(SAMPLE), "the CDNOW sample is not at hand");
        var customers = new LinkedHashMap<String, Purchases>();
        for (var line : Files.readAllLines(SAMPLE)) {
            var fields = line.strip().split("\\s+");
            var date = LocalDate.parse(fields[2], DateTimeFormatter.BASIC_ISO_DATE);
            var cents = new BigDecimal(fields[4]).movePointRight(2).longValueExact();
            customers.computeIfAbsent(fields[0], any -> Purchases.none()).on((int) date.toEpochDay(), cents, false);
        }
        return customers.values().stream().map(Purchases::history).toList();
    }
}
