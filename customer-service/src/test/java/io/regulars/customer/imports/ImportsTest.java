package io.regulars.customer.imports;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import io.restassured.path.json.JsonPath;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ImportsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String GIFTS = """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            536365,85123A,"WHITE ""HEART"" LANTERN ",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
            536366,22633,HAND WARMER,3,2010-12-01 08:28:00,1.85,17851.0,France
            536365,71053,METAL LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom
            536365,71053,METAL LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom
            536370,POST,POSTAGE,3,2010-12-01 08:45:00,18.0,,France
            536371,22086,PAPER CHAIN,-80,2010-12-01 09:00:00,2.55,17850.0,United Kingdom
            536372,22086,GIFT,1,2010-12-01 09:00:00,0.0,17852.0,United Kingdom
            536373,22086,GIFT,1,not a date,0.5,17852.0,United Kingdom
            C536379,71053,METAL LANTERN,-2,2010-12-02 09:41:00,3.39,17850.0,United Kingdom
            """;

    @Inject
    Jdbi jdbi;

    @ConfigProperty(name = "quarkus.http.body.uploads-directory")
    String uploads;

    @Test
    void aFileIsImportedBadLinesAreReportedAndASecondTimeChangesNothing() {
        Shop shop = Shop.inBritain();

        var first = finished(shop, GIFTS, Map.of("preset", "online-retail"));

        assertThat(first.getLong("total")).isEqualTo(9);
        assertThat(first.getLong("lines.imported")).isEqualTo(6);
        assertThat(first.getLong("lines.rejected")).isEqualTo(3);
        assertThat(first.getLong("counts.orders.created")).isEqualTo(3);
        assertThat(first.getLong("counts.returns.created")).isEqualTo(1);
        assertThat(ImportSteps.errors(shop, first.getString("id")).lines())
                .containsExactly(
                        "line,reason,field,value",
                        "6,the line names no customer,CustomerID,",
                        "7,must be 1 or more on an invoice that cancels nothing,Quantity,-80",
                        "9,is no date and time such as 2026-03-01 12:00:00,InvoiceDate,not a date");
        shop.get("/v1/orders/ext:536365")
                .body("lines", hasSize(3))
                .body("amount.amount", equalTo("55.98"))
                .body("keptAmount.amount", equalTo("49.20"))
                .body("status", equalTo("part_refunded"))
                .body("backfill", equalTo(true));
        shop.get("/v1/customers/ext:17850").body("region", equalTo("United Kingdom"));
        shop.get("/v1/products/85123A").body("name", equalTo("WHITE \"HEART\" LANTERN"));

        var second = finished(shop, GIFTS, Map.of("preset", "online-retail"));

        for (String kind : new String[] {"orders", "returns", "customers", "products"}) {
            assertThat(second.getLong("counts." + kind + ".created")).as(kind).isZero();
            assertThat(second.getLong("counts." + kind + ".updated")).as(kind).isZero();
            assertThat(second.getLong("counts." + kind + ".unchanged"))
                    .as(kind)
                    .isEqualTo(first.getLong("counts." + kind + ".created"));
        }
    }

    @Test
    void thePlainFormatTellsAmountsAloneAndSeveralOrdersOnADay() {
        Shop shop = Shop.inBritain();

        finished(shop, """
                order_id,customer_id,ordered_at,amount,phone
                1,c-1,1997-01-01,11.77,
                2,c-1,1997-01-01,0.00,
                3,c-1,1997-01-01,12.00,not a number
                """, Map.of("preset", "orders"));

        shop.get("/v1/orders?customer=ext:c-1")
                .body("items", hasSize(3))
                .body("items.amount.amount", hasItem("0.00"))
                .body("items.status", hasItem("paid"));
    }

    @Test
    void aGbkExportIsReadOrRefusedInWordsThatSayHow() {
        Shop shop = Shop.inChina();
        String csv = """
                订单编号,买家,付款时间,商品,实付
                T1,小红,2026-03-01 12:00:00,婴儿湿巾,19.90
                """;
        byte[] gbk = csv.getBytes(Charset.forName("GBK"));
        String mapping = """
                {"order_id": "订单编号", "customer_id": "买家", "ordered_at": "付款时间", "product_name": "商品",
                 "amount": "实付"}""";

        ImportSteps.send(shop, gbk, Map.of("mapping", mapping))
                .statusCode(422)
                .body("violations[0].field", equalTo("file"))
                .body("detail", containsString("encoding=GBK"));
        ImportSteps.finished(
                shop, ImportSteps.taken(shop, gbk, Map.of("mapping", mapping, "encoding", "GBK")), PATIENCE);

        shop.get("/v1/orders/ext:T1")
                .body("lines[0].productName", equalTo("婴儿湿巾"))
                .body("orderedAt", equalTo("2026-03-01T04:00:00Z"));
    }

    @Test
    void whatIsNoCsvIsRefusedAtOnce() {
        Shop shop = Shop.inChina();

        refused(shop, new byte[0], "empty");
        refused(shop, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0}, "NUL");
        refused(shop, "PK\u0003\u0004".getBytes(StandardCharsets.UTF_8), "save it as CSV");
        refused(shop, new byte[] {0x1f, (byte) 0x8b, 8, 0}, "broken gzip");
        refused(shop, "a\0b".getBytes(StandardCharsets.UTF_8), "NUL");
        refused(shop, "{\"orders\": []}".getBytes(StandardCharsets.UTF_8), "order_id, customer_id, ordered_at missing");
        refused(
                shop,
                "order_id,customer_id,ordered_at\n".getBytes(StandardCharsets.UTF_8),
                "unit_price or amount missing");
        refused(shop, ("order_id\n" + "x".repeat(1_100_000)).getBytes(StandardCharsets.UTF_8), "longer than");
        ImportSteps.send(shop, "x".getBytes(StandardCharsets.UTF_8), Map.of())
                .statusCode(422)
                .body("violations[0].field", equalTo("preset"));
        ImportSteps.send(shop, "x".getBytes(StandardCharsets.UTF_8), Map.of("mapping", "{\"ordr\": \"x\"}"))
                .statusCode(422)
                .body("violations[0].field", equalTo("mapping.ordr"));
        shop.get("/v1/imports").body("items", hasSize(0));
    }

    @Test
    void aQuoteLeftOpenEndsTheJobWithItsLine() {
        Shop shop = Shop.inChina();
        String csv = "order_id,customer_id,ordered_at,amount\n1,c,2026-03-01,1\n2,\"c,2026-03-01,1\n"
                + "3,c,2026-03-01,1\n".repeat(10);

        String id = ImportSteps.taken(shop, csv.getBytes(StandardCharsets.UTF_8), Map.of("preset", "orders"));

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ImportSteps.show(shop, id).get("finishedAt") != null);
        shop.get("/v1/orders/ext:1").statusCode(200);
    }

    @Test
    void anOrderOfAnotherCustomerIsRejectedWithItsLines() {
        Shop shop = Shop.inChina();

        var view = finished(shop, """
                order_id,customer_id,ordered_at,amount
                1,c-1,2026-03-01,1.00
                1,c-2,2026-03-01,2.00
                """, Map.of("preset", "orders"));

        assertThat(view.getLong("counts.orders.rejected")).isEqualTo(1);
        assertThat(view.getLong("lines.rejected")).isEqualTo(1);
        assertThat(ImportSteps.errors(shop, view.getString("id")))
                .contains("3,\"this order is another customer's, and cannot move\",order_id,1");
    }

    @Test
    void aFileSentAgainWithItsKeyIsTheSameJob() {
        Shop shop = Shop.inBritain();
        byte[] file = GIFTS.getBytes(StandardCharsets.UTF_8);
        Map<String, String> form = Map.of("preset", "online-retail");
        var first =
                ImportSteps.sendOnce("i-1", shop, file, form).statusCode(202).extract();

        var second = ImportSteps.sendOnce("i-1", shop, file, form).statusCode(202);

        assertThat(second.extract().asString()).isEqualTo(first.asString());
        second.header("Idempotent-Replayed", "true").header("Location", first.header("Location"));
        shop.get("/v1/imports").body("items", hasSize(1));
        ImportSteps.sendOnce("i-1", shop, "other".getBytes(StandardCharsets.UTF_8), form)
                .statusCode(422)
                .body("violations[0].field", equalTo("Idempotency-Key"));
        ImportSteps.finished(shop, first.path("id"), PATIENCE);
        assertThat(storedFiles(shop)).isZero();
    }

    @Test
    void aCancelledImportMayBeCancelledAgainWithTheSameKey() {
        Shop shop = Shop.inBritain();
        byte[] many = manyOrders(200_000).getBytes(StandardCharsets.UTF_8);
        String cancel = "/v1/imports/" + ImportSteps.taken(shop, many, Map.of("preset", "orders")) + "/cancel";
        var first = shop.system().header("Idempotency-Key", "c-1").post(cancel).then();
        first.statusCode(200).body("state", equalTo("cancelled"));

        var second = shop.system().header("Idempotency-Key", "c-1").post(cancel).then();

        second.statusCode(200).header("Idempotent-Replayed", "true");
        assertThat(second.extract().asString()).isEqualTo(first.extract().asString());
    }

    @Test
    void aFileThatWasSpooledIsRemovedWhenItIsAnswered() {
        Shop shop = Shop.inBritain();

        ImportSteps.taken(shop, GIFTS.getBytes(StandardCharsets.UTF_8), Map.of("preset", "online-retail"));
        refused(shop, new byte[0], "empty");

        assertThat(uploads).startsWith("target/");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Path.of(uploads)).isEmptyDirectory());
    }

    @Test
    void oneMerchantsImportsAreNotAnothers() {
        Shop shop = Shop.inBritain();
        String id = ImportSteps.taken(shop, GIFTS.getBytes(StandardCharsets.UTF_8), Map.of("preset", "online-retail"));

        Shop other = Shop.inBritain();
        other.get("/v1/imports/" + id).statusCode(404);
        other.get("/v1/imports/" + id + "/errors").statusCode(404);
        other.as("owner").post("/v1/imports/" + id + "/cancel").then().statusCode(404);
        other.get("/v1/imports").body("items", hasSize(0));
        ImportSteps.finished(shop, id, PATIENCE);
        shop.as("owner").post("/v1/imports/" + id + "/cancel").then().statusCode(409);
    }

    @Test
    void theSameIdsOfTwoMerchantsAreDifferentPeople() {
        for (Shop shop : List.of(Shop.inChina(), Shop.inChina())) {
            var view = finished(shop, manyOrders(20), Map.of("preset", "orders"));

            assertThat(view.getLong("counts.customers.created")).isEqualTo(20);
            assertThat(view.getLong("counts.orders.created")).isEqualTo(20);
            shop.get("/v1/customers/counts").body("customers", equalTo(20)).body("orders", equalTo(20));
        }
    }

    static String manyOrders(int orders) {
        return IntStream.range(0, orders)
                .mapToObj(i -> "o-%d,c-%d,2026-01-%02d 10:00:00,P%d,1,9.99".formatted(i, i % 97, 1 + i % 28, i % 13))
                .collect(Collectors.joining(
                        "\n", "order_id,customer_id,ordered_at,product_code,quantity,unit_price\n", "\n"));
    }

    private long storedFiles(Shop shop) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from import_part where merchant_id = :m")
                .bind("m", shop.merchant())
                .mapTo(Long.class)
                .one());
    }

    private static void refused(Shop shop, byte[] file, String reason) {
        ImportSteps.send(shop, file, Map.of("preset", "orders"))
                .statusCode(422)
                .body("violations[0].field", equalTo("file"))
                .body("detail", containsString(reason));
    }

    private static JsonPath finished(Shop shop, String csv, Map<String, String> form) {
        return ImportSteps.finished(
                shop, ImportSteps.taken(shop, csv.getBytes(StandardCharsets.UTF_8), form), PATIENCE);
    }
}
