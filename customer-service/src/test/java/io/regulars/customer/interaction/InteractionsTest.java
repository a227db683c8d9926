package io.regulars.customer.interaction;

import java.util.List;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class InteractionsTest {

    private static final String REVIEW = """
            {"externalId": "r-1", "customerId": "ext:u-1", "kind": "product_reviewed", "at": "2026-03-01T12:00:00Z",
             "rating": 5, "subject": "WIPES-80"}""";

    @Test
    void aFactIsRecordedOnceAndNeverChanges() {
        Shop shop = shopWithCustomer();

        shop.post("/v1/interactions", REVIEW).statusCode(201);
        shop.post("/v1/interactions", REVIEW).statusCode(200);
        shop.post("/v1/interactions", REVIEW.replace("5", "1")).statusCode(409);

        shop.get("/v1/customers/ext:u-1/interactions").body("items", hasSize(1)).body("items[0].rating", equalTo(5));
    }

    @Test
    void aBatchAnswersForEach() {
        Shop shop = shopWithCustomer();

        shop.post(
                        "/v1/interactions/batch",
                        "{\"items\": [%s, %s, %s, %s, %s]}"
                                .formatted(
                                        REVIEW,
                                        REVIEW,
                                        REVIEW.replace("5", "4"),
                                        REVIEW.replace("u-1", "nobody"),
                                        "{\"externalId\": \"v\", \"customerId\": \"ext:u-1\", \"kind\": \"visited\","
                                                + " \"at\": \"2026-03-01T12:00:00Z\"}"))
                .statusCode(200)
                .body("items.status", equalTo(List.of("created", "unchanged", "rejected", "rejected", "created")))
                .body("items[2].problem.status", equalTo(409))
                .body("items[3].problem.violations[0].field", equalTo("customerId"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "product_reviewed | 6    | rating",
                "product_reviewed | 0    | rating",
                "product_reviewed | null | rating",
                "survey_answered  | 101  | rating",
                "visited          | 3    | rating",
                "danced           | null | kind",
            })
    void badInputIsRefused(String kind, String rating, String field) {
        shopWithCustomer()
                .post("/v1/interactions", """
                        {"externalId": "r-1", "customerId": "ext:u-1", "kind": "%s", "at": "2026-03-01T12:00:00Z",
                         "rating": %s}""".formatted(kind, rating))
                .statusCode(422)
                .body("violations.field", hasItem(field));
    }

    private static Shop shopWithCustomer() {
        Shop shop = Shop.inChina();
        shop.customer("u-1");
        return shop;
    }
}
