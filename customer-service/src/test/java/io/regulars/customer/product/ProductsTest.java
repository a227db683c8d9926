package io.regulars.customer.product;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import org.junit.jupiter.api.Test;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ProductsTest {

    private static final String WIPES = """
            {"code": "WIPES/80", "name": "婴儿湿巾", "category": "湿巾", "price": "19.90", "lastsDays": 20,
             "relatedCodes": ["CREAM-50"]}""";

    @Test
    void aProductIsRecordedOnce() {
        Shop shop = Shop.inChina();

        shop.post("/v1/products", WIPES).statusCode(201).body("price.amount", equalTo("19.90"));
        shop.post("/v1/products", WIPES).statusCode(200).body("version", equalTo(1));
        shop.post("/v1/products", WIPES.replace("20,", "25,")).body("version", equalTo(2));
        shop.post("/v1/products/batch", "{\"items\": [%s, {\"code\": \"CREAM-50\"}]}".formatted(WIPES))
                .body("updated", equalTo(1))
                .body("created", equalTo(1));

        shop.get("/v1/products?limit=1").body("items", hasSize(1)).body("items[0].code", equalTo("CREAM-50"));
        shop.as("owner").get("/v1/products/{code}", "WIPES/80").then().body("lastsDays", equalTo(20.0f));
    }

    @Test
    void badInputIsRefused() {
        Shop.inChina()
                .post("/v1/products", "{\"price\": \"19.999\", \"lastsDays\": -1}")
                .statusCode(422)
                .body("violations.field", hasItem("code"))
                .body("violations.field", hasItem("price"))
                .body("violations.field", hasItem("lastsDays"));
    }
}
