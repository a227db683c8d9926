package io.regulars.local.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Order(2)
@ExtendWith(TheSystem.Started.class)
class DirtyFileTest {

    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private static final String LINES = """
            541431,23166,MEDIUM CERAMIC TOP STORAGE JAR,74215,2011-01-18 10:01:00,1.04,12346.0,United Kingdom
            C541433,23166,MEDIUM CERAMIC TOP STORAGE JAR,-74215,2011-01-18 10:17:00,1.04,12346.0,United Kingdom
            553573,22980,PANTRY SCRUBBING BRUSH,1,2011-05-18 09:52:00,1.65,16446.0,United Kingdom
            553573,22982,PANTRY PASTRY BRUSH,1,2011-05-18 09:52:00,1.25,16446.0,United Kingdom
            581483,23843,"PAPER CRAFT , LITTLE BIRDIE",80995,2011-12-09 09:15:00,2.08,16446.0,United Kingdom
            C581484,23843,"PAPER CRAFT , LITTLE BIRDIE",-80995,2011-12-09 09:27:00,2.08,16446.0,United Kingdom
            536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER ,6,2011-06-01 08:26:00,2.55,17850.0,United Kingdom
            536365,POST,POSTAGE,1,2011-06-01 08:26:00,18.00,17850.0,United Kingdom
            536414,22139,,56,2010-12-01 11:52:00,0.0,,United Kingdom
            536544,21773,DECORATIVE ROSE BATHROOM BOTTLE,1,2010-12-01 14:32:00,2.51,,United Kingdom
            536555,21774,SOMETHING,one,2010-12-01 14:32:00,2.51,17850.0,United Kingdom
            """;

    @TempDir
    Path folder;

    @Test
    void badLinesAreReportedCancellationsNettedAndASecondTimeChangesNothing(TheSystem system) throws Exception {
        var shop = system.newShop("GBP");
        var settings = (ObjectNode) shop.owner().get("/api/customer/v1/merchant");
        shop.owner()
                .put(
                        "/api/customer/v1/merchant",
                        Map.of(
                                "name", settings.path("name").asText(),
                                "timeZone", settings.path("timeZone").asText(),
                                "currency", "GBP",
                                "locale", settings.path("locale").asText(),
                                "nonProductCodes", List.of("POST")));
        var file = write(HEADER + LINES);

        var job = imported(shop, file);

        assertThat(job.path("state").asText()).isEqualTo("done");
        assertThat(refusedLines(shop, job)).containsExactly("10", "11", "12");
        Waiting.until(() -> monetary(shop, "16446").equals("2.90")
                && monetary(shop, "12346").equals("0.00")
                && monetary(shop, "17850").equals("15.30"));
        var counts = shop.client().get("/api/customer/v1/customers/counts");

        imported(shop, file);

        assertThat(shop.client().get("/api/customer/v1/customers/counts")).isEqualTo(counts);
        Waiting.holds(() -> monetary(shop, "16446").equals("2.90"));
    }

    @Test
    void aKilledImportGoesOnToTheSameEnd(TheSystem system) throws Exception {
        var shop = system.newShop("GBP");
        var lines = new StringBuilder(HEADER);
        for (int i = 0; i < 20_000; i++) {
            lines.append("6%05d,SKU%d,THING,2,2011-%02d-%02d 10:00:00,3.50,%d.0,France%n"
                    .formatted(i / 4, i % 50, 1 + i / 4 % 12, 1 + i / 4 % 28, 20_000 + i / 4 % 400));
        }
        var file = write(lines.toString());
        var job = upload(shop, file);
        Waiting.until(() -> look(shop, job).path("done").asLong() > 0);

        system.local().supervisor().kill("customer");
        var end = end(shop, job);

        assertThat(end.path("state").asText()).isEqualTo("done");
        assertThat(end.path("done").asLong()).isEqualTo(end.path("total").asLong());
        var counts = shop.client().get("/api/customer/v1/customers/counts");
        assertThat(counts.path("orders").asInt()).isEqualTo(5_000);
        assertThat(counts.path("customers").asInt()).isEqualTo(400);
    }

    private static JsonNode imported(TestShop shop, Path file) throws IOException {
        return end(shop, upload(shop, file));
    }

    private static String upload(TestShop shop, Path file) throws IOException {
        return shop.client()
                .upload("/api/customer/v1/imports", file, Map.of("preset", "online-retail", "backfill", "true"))
                .path("id")
                .asText();
    }

    private static JsonNode end(TestShop shop, String job) {
        Waiting.until(() -> Set.of("done", "failed", "cancelled")
                .contains(look(shop, job).path("state").asText()));
        return look(shop, job);
    }

    private static JsonNode look(TestShop shop, String job) {
        return shop.client().get("/api/customer/v1/imports/" + job);
    }

    /// The first column, without its header.
    private static List<String> refusedLines(TestShop shop, JsonNode job) {
        return shop.client()
                .text("/api/customer/v1/imports/" + job.path("id").asText() + "/errors", "text/csv")
                .lines()
                .skip(1)
                .map(line -> line.split(",")[0])
                .distinct()
                .toList();
    }

    /// Over all time: the file is of another year.
    private static String monetary(TestShop shop, String customer) {
        try {
            var score = shop.owner().get("/api/scoring/v1/scores/ext:" + customer + "?asOf=2011-12-10T00:00:00Z");
            return score.path("monetary").path("amount").asText();
        } catch (io.regulars.local.api.ApiException e) {
            return "";
        }
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("online retail.csv"), content);
    }
}
