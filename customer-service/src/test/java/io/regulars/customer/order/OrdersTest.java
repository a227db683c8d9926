package io.regulars.customer.order;

import java.util.List;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class OrdersTest {

    private static final String GOOD_LINES =
            "\"lines\": [{\"productCode\": \"A\", \"quantity\": 2, \"unitPrice\": \"5\"}]";

    @Test
    void anOrderIsRecordedOnce() {
        Shop shop = shopWithCustomer();
        String order = """
                {"externalId": "o-1", "customerId": "ext:u-1", "orderedAt": "2026-03-01T12:00:00+08:00",
                 "lines": [{"productCode": "A", "quantity": 3, "unitPrice": "3.335", "discount": "1.00"}]}""";

        shop.post("/v1/orders", order)
                .statusCode(201)
                .header("Location", endsWith("/api/customer/v1/orders/" + idOf(shop, "o-1")))
                .header("Location", not(containsString("/api/customer/api")))
                .body("amount.amount", equalTo("9.01"))
                .body("lines[0].unitPrice", equalTo("3.335"))
                .body("status", equalTo("paid"))
                .body("version", equalTo(1));
        shop.post("/v1/orders", order).statusCode(200).body("version", equalTo(1));

        shop.get("/v1/orders?customer=ext:u-1").body("items", hasSize(1));
    }

    @Test
    void statesThatComeOutOfOrderEndRight() {
        Shop shop = shopWithCustomer();

        shop.post("/v1/orders", order("o-1", "shipped", "2026-03-03T00:00:00Z")).statusCode(201);
        shop.post("/v1/orders", order("o-1", "paid", "2026-03-01T00:00:00Z"))
                .statusCode(200)
                .body("status", equalTo("shipped"))
                .body("version", equalTo(1));
        shop.post("/v1/orders", order("o-1", "cancelled", "2026-03-04T00:00:00Z"))
                .body("status", equalTo("cancelled"))
                .body("keptAmount.amount", equalTo("0.00"))
                .body("version", equalTo(2));
        shop.post("/v1/orders", order("o-1", "delivered", null)).body("status", equalTo("cancelled"));
    }

    @Test
    void whatIsKeptIsExactAfterARefund() {
        Shop shop = shopWithCustomer();

        shop.post("/v1/orders", """
                        {"externalId": "o-1", "customerId": "ext:u-1", "orderedAt": "2026-03-01T12:00:00Z",
                         "lines": [{"productCode": "A", "quantity": 1, "unitPrice": "10"},
                                   {"productCode": "B", "quantity": 1, "unitPrice": "10"},
                                   {"productCode": "C", "quantity": 1, "unitPrice": "10"}],
                         "refundedAmount": "10.00"}""")
                .statusCode(201)
                .body("status", equalTo("part_refunded"))
                .body("declaredStatus", equalTo("paid"))
                .body("keptAmount.amount", equalTo("20.00"))
                .body("lines.keptAmount", equalTo(List.of("6.66", "6.67", "6.67")));
    }

    @Test
    void aFreeOrderIsAnOrder() {
        Shop shop = shopWithCustomer();

        shop.post("/v1/orders", """
                        {"externalId": "o-1", "customerId": "ext:u-1", "orderedAt": "2026-03-01T12:00:00Z",
                         "lines": [{"quantity": 1, "amount": "0.00"}]}""")
                .statusCode(201)
                .body("status", equalTo("paid"))
                .body("lines[0].keptQuantity", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"quantity\": 0, \"unitPrice\": \"1\"                          | lines[0].quantity",
                "\"quantity\": -3, \"unitPrice\": \"1\"                         | lines[0].quantity",
                "\"quantity\": 1000001, \"unitPrice\": \"1\"                    | lines[0].quantity",
                "\"quantity\": 1e30, \"unitPrice\": \"1\"                       | lines[0].quantity",
                "\"quantity\": 1.5, \"unitPrice\": \"1\"                        | lines[0].quantity",
                "\"quantity\": 1                                                | lines[0].unitPrice",
                "\"quantity\": 1, \"unitPrice\": \"-1\"                         | lines[0].unitPrice",
                "\"quantity\": 1, \"unitPrice\": \"cheap\"                      | lines[0].unitPrice",
                "\"quantity\": 1, \"unitPrice\": \"0.0000001\"                  | lines[0].unitPrice",
                "\"quantity\": 1000000, \"unitPrice\": \"9999999999\"           | lines[0].unitPrice",
                "\"quantity\": 1, \"unitPrice\": \"1\", \"discount\": \"1.001\" | lines[0].discount",
                "\"quantity\": 1, \"unitPrice\": \"1\", \"discount\": \"2\"     | lines[0].discount",
                "\"quantity\": 1, \"unitPrice\": \"1\", \"returnedQuantity\": 2 | lines[0].returnedQuantity",
                "\"quantity\": 1, \"unitPrice\": \"1\", \"prise\": \"1\"        | lines[0].prise",
            })
    void aBadLineIsRefusedWithFieldAndReason(String line, String field) {
        Shop shop = shopWithCustomer();

        shop.post("/v1/orders", """
                        {"externalId": "o-1", "customerId": "ext:u-1", "orderedAt": "2026-03-01T12:00:00Z",
                         "lines": [{%s}]}""".formatted(line))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", hasItem(field));
        shop.get("/v1/orders").body("items", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"customerId\": \"ext:u-1\", \"orderedAt\": \"2026-03-01T12:00:00Z\"                                           | externalId",
                "\"externalId\": \"o\", \"orderedAt\": \"2026-03-01T12:00:00Z\"                                                 | customerId",
                "\"externalId\": \"o\", \"customerId\": \"u-1\", \"orderedAt\": \"2026-03-01T12:00:00Z\"                        | customerId",
                "\"externalId\": \"o\", \"customerId\": \"ext:nobody\", \"orderedAt\": \"2026-03-01T12:00:00Z\"                 | customerId",
                "\"externalId\": \"o\", \"customerId\": \"cus_zzzz\", \"orderedAt\": \"2026-03-01T12:00:00Z\"                   | customerId",
                "\"externalId\": \"o\", \"customerId\": \"ext:u-1\"                                                             | orderedAt",
                "\"externalId\": \"o\", \"customerId\": \"ext:u-1\", \"orderedAt\": \"2999-03-01T12:00:00Z\"                    | orderedAt",
                "\"externalId\": \"o\", \"customerId\": \"ext:u-1\", \"orderedAt\": \"1960-03-01T12:00:00Z\"                    | orderedAt",
                "\"externalId\": \"o\", \"customerId\": \"ext:u-1\", \"orderedAt\": \"yesterday\"                               | orderedAt",
                "\"externalId\": \"o\", \"customerId\": \"ext:u-1\", \"orderedAt\": \"2026-03-01T12:00:00Z\", \"status\": \"lost\"       | status",
                "\"externalId\": \"o\", \"customerId\": \"ext:u-1\", \"orderedAt\": \"2026-03-01T12:00:00Z\", \"currency\": \"USD\"      | currency",
                "\"externalId\": \"o\", \"customerId\": \"ext:u-1\", \"orderedAt\": \"2026-03-01T12:00:00Z\", \"refundedAmount\": \"11\" | refundedAmount",
            })
    void aBadOrderIsRefusedWithFieldAndReason(String fields, String field) {
        Shop shop = shopWithCustomer();

        shop.post("/v1/orders", "{" + fields + ", " + GOOD_LINES + "}")
                .statusCode(422)
                .body("violations.field", hasItem(field));
    }

    @Test
    void anOrderCannotMoveToAnotherCustomer() {
        Shop shop = shopWithCustomer();
        shop.customer("u-2");
        shop.post("/v1/orders", order("o-1", "paid", null)).statusCode(201);

        shop.post("/v1/orders", order("o-1", "paid", null).replace("ext:u-1", "ext:u-2"))
                .statusCode(422)
                .body("violations.field", hasItem("customerId"));
    }

    @Test
    void aBatchAnswersForEach() {
        Shop shop = shopWithCustomer();
        shop.post("/v1/orders", order("o-1", "paid", null));

        shop.post(
                        "/v1/orders/batch",
                        "{\"items\": [%s, %s, %s, %s]}"
                                .formatted(
                                        order("o-1", "paid", null),
                                        order("o-1", "shipped", null),
                                        order("o-2", "paid", null),
                                        order("o-3", "paid", null).replace("ext:u-1", "ext:nobody")))
                .statusCode(200)
                .body("items.status", equalTo(List.of("unchanged", "updated", "created", "rejected")))
                .body("items[3].problem.violations[0].field", equalTo("customerId"));
    }

    @Test
    void aReturnIsNettedWheneverItComes() {
        Shop shop = shopWithCustomer();

        shop.post("/v1/returns", giveBack("r-1", "2026-03-05T00:00:00Z", "A", 1, "5.00"))
                .statusCode(201)
                .body("unmatchedAmount.amount", equalTo("5.00"));
        shop.post("/v1/orders", order("o-1", "paid", null))
                .statusCode(201)
                .body("status", equalTo("part_refunded"))
                .body("keptAmount.amount", equalTo("5.00"));
        shop.get("/v1/returns/ext:r-1").body("unmatchedAmount.amount", equalTo("0.00"));
        shop.post("/v1/returns", giveBack("r-1", "2026-03-05T00:00:00Z", "A", 2, "5.00"));
        shop.get("/v1/orders/ext:o-1")
                .body("status", equalTo("refunded"))
                .body("version", equalTo(2))
                .body("lines[0].keptQuantity", equalTo(0));
        shop.get("/v1/returns?customer=ext:u-1").body("items", hasSize(1));
    }

    @Test
    void returnsAreNettedAnewWhenTheMerchantSaysWhatIsNoProduct() {
        Shop shop = shopWithCustomer();
        shop.post("/v1/orders", order("o-1", "paid", null));
        shop.post("/v1/returns", giveBack("r-1", "2026-03-05T00:00:00Z", "DISCOUNT", 1, "3.00"));
        shop.get("/v1/orders/ext:o-1").body("keptAmount.amount", equalTo("7.00"));

        shop.as("owner").body("""
                        {"name": "shop", "timeZone": "Asia/Shanghai", "currency": "CNY", "locale": "zh-CN",
                         "nonProductCodes": ["DISCOUNT"]}""").put("/v1/merchant").then().statusCode(200);

        Awaitility.await()
                .untilAsserted(() -> shop.get("/v1/orders/ext:o-1").body("keptAmount.amount", equalTo("10.00")));
        shop.as("owner")
                .body(
                        "{\"name\": \"shop\", \"timeZone\": \"Asia/Shanghai\", \"currency\": \"USD\", \"locale\": \"zh-CN\"}")
                .put("/v1/merchant")
                .then()
                .statusCode(409);
    }

    @Test
    void oneMerchantsOrdersAreNotAnothers() {
        Shop shop = shopWithCustomer();
        Shop other = shopWithCustomer();
        String id =
                shop.post("/v1/orders", order("o-1", "paid", null)).extract().path("id");

        other.get("/v1/orders/" + id).statusCode(404);
        other.get("/v1/orders/ext:o-1").statusCode(404);
        other.get("/v1/orders").body("items", hasSize(0));
        other.post("/v1/orders", order("o-1", "paid", null)).statusCode(201);
    }

    @Test
    void theSameRequestKeyIsDoneOnce() {
        Shop shop = shopWithCustomer();
        String order = order("o-1", "paid", null);

        String first = shop.system()
                .header("Idempotency-Key", "k-1")
                .body(order)
                .post("/v1/orders")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        shop.system()
                .header("Idempotency-Key", "k-1")
                .body(order)
                .post("/v1/orders")
                .then()
                .statusCode(201)
                .body(equalTo(first));
        shop.system()
                .header("Idempotency-Key", "k-1")
                .body(order("o-2", "paid", null))
                .post("/v1/orders")
                .then()
                .statusCode(422);
    }

    private static String idOf(Shop shop, String externalId) {
        return shop.get("/v1/orders/ext:" + externalId).extract().path("id");
    }

    private static Shop shopWithCustomer() {
        Shop shop = Shop.inChina();
        shop.customer("u-1");
        return shop;
    }

    private static String order(String id, String status, String updatedAt) {
        String dated = updatedAt == null ? "" : "\"updatedAt\": \"%s\", ".formatted(updatedAt);
        return """
                {"externalId": "%s", "customerId": "ext:u-1", "status": "%s", "orderedAt": "2026-03-01T00:00:00Z", %s%s}""".formatted(id, status, dated, GOOD_LINES);
    }

    private static String giveBack(String id, String at, String product, int quantity, String price) {
        return """
                {"externalId": "%s", "customerId": "ext:u-1", "returnedAt": "%s",
                 "lines": [{"productCode": "%s", "quantity": %d, "unitPrice": "%s"}]}""".formatted(id, at, product, quantity, price);
    }
}
