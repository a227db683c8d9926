package io.regulars.local.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.local.api.ApiException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The orders of a shop whose fits are published, from a file of raw transactions to the parameters: skipped where the
/// data is not at hand.
@Order(3)
@ExtendWith(TheSystem.Started.class)
class PublishedFitTest {

    private static final Path SAMPLE = Path.of("../../shared/data/cdnow/CDNOW_sample.txt");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int BUYERS = 2_357;
    private static final long ORDERS = 6_919;
    private static final Set<String> ENDS = Set.of("done", "failed", "cancelled");

    @TempDir
    Path folder;

    @Test
    void rawTransactionsFitAsPublished(TheSystem system) throws IOException {
        assumeTrue(Files.exists(SAMPLE), "the CDNOW sample is not at hand");
        var shop = system.newShop("USD");
        var job = shop.client()
                .upload("/api/customer/v1/imports", file(), Map.of("preset", "orders", "backfill", "true"))
                .path("id")
                .asText();
        Waiting.until(PATIENCE, () -> ENDS.contains(imported(shop, job).path("state").asText()));
        assertThat(imported(shop, job).path("state").asText()).isEqualTo("done");
        Waiting.until(PATIENCE, () -> known(shop) == ORDERS);

        var fit = fit(shop);

        var purchases = fit.path("purchases");
        assertThat(fit.path("state").asText()).as("%s", fit).isEqualTo("done");
        assertThat(fit.path("buyers").asInt()).isEqualTo(BUYERS);
        assertThat(purchases.path("r").asDouble()).isCloseTo(0.243, within(0.0005));
        assertThat(purchases.path("alpha").asDouble()).isCloseTo(4.414, within(0.0005));
        assertThat(purchases.path("a").asDouble()).isCloseTo(0.793, within(0.0005));
        assertThat(purchases.path("b").asDouble()).isCloseTo(2.426, within(0.0005));
        assertThat(purchases.path("logLikelihood").asDouble()).isCloseTo(-9582.4, within(0.05));
        var spending = fit.path("spending");
        assertThat(spending.path("buyers").asInt()).isEqualTo(946);
        assertThat(spending.path("p").asDouble()).isCloseTo(6.25, within(0.005));
        assertThat(spending.path("q").asDouble()).isCloseTo(3.74, within(0.005));
        assertThat(spending.path("v").asDouble()).isCloseTo(15.44, within(0.005));
        assertThat(spending.path("logLikelihood").asDouble()).isCloseTo(-4055.92, within(0.0051));
    }

    private static JsonNode imported(TestShop shop, String job) {
        return shop.client().get("/api/customer/v1/imports/" + job);
    }

    /// How many orders have arrived in scoring; orders of nothing count, too.
    private static long known(TestShop shop) {
        var orders = 0L;
        try {
            for (var cell : shop.owner().get("/api/scoring/v1/reports/rfm-grid").path("cells")) {
                orders += cell.path("orders").asLong();
            }
        } catch (ApiException notKnownYet) {
            return 0;
        }
        return orders;
    }

    /// Of the 39 weeks that the papers learn from.
    private static JsonNode fit(TestShop shop) {
        var id = shop.owner()
                .post("/api/scoring/v1/forecast-fits", Map.of("asOf", "1997-09-30T12:00:00+08:00"))
                .path("id")
                .asText();
        Waiting.until(PATIENCE, () -> ENDS.contains(look(shop, id).path("state").asText()));
        return look(shop, id);
    }

    private static JsonNode look(TestShop shop, String fit) {
        return shop.owner().get("/api/scoring/v1/forecast-fits/" + fit);
    }

    private Path file() throws IOException {
        var csv = new StringBuilder("order_id,customer_id,ordered_at,quantity,unit_price,product_code\n");
        var order = 0;
        for (var line : Files.readAllLines(SAMPLE)) {
            var fields = line.strip().split("\\s+");
            csv.append("o%d,%s,%s 12:00:00,1,%s,CD%n"
                    .formatted(
                            ++order,
                            fields[0],
                            LocalDate.parse(fields[2], DateTimeFormatter.BASIC_ISO_DATE),
                            fields[4]));
        }
        return Files.writeString(folder.resolve("cdnow.csv"), csv);
    }
}
