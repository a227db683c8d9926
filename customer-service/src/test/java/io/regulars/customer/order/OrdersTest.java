package io.regulars.customer.order;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import org.junit.jupiter.api.Test;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class OrdersTest {

    @Test
    void anOrderIsRecordedOnce() {
        Shop shop = Shop.inChina();
        shop.customer("u-1");
        String order = """
                {"externalId": "o-1", "customerId": "ext:u-1", "orderedAt": "2026-03-01T12:00:00+08:00",
                 "lines": [{"productCode": "A", "quantity": 3, "unitPrice": "3.335", "discount": "1.00"}]}""";

        shop.post("/v1/orders", order)
                .statusCode(201)
                .body("amount.amount", equalTo("9.01"))
                .body("status", equalTo("paid"))
                .body("version", equalTo(1));
        shop.post("/v1/orders", order).statusCode(200).body("version", equalTo(1));

        shop.get("/v1/orders?customer=ext:u-1").body("items", hasSize(1));
    }
}
