package io.regulars.customer;

import java.time.Duration;
import java.util.List;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Event;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import io.regulars.events.Topic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class PublishingTest {

    @Test
    void everyChangeIsPublishedOnceWithItsVersionAndNothingElseIs() {
        Shop shop = Shop.inChina();
        shop.customer("u-1");
        String paid = """
                {"externalId": "o-1", "customerId": "ext:u-1", "orderedAt": "2026-03-01T12:00:00Z",
                 "lines": [{"productCode": "A", "quantity": 2, "unitPrice": "5"}]}""";

        shop.post("/v1/orders", paid).statusCode(201);
        shop.post("/v1/orders", paid).statusCode(200);
        shop.post("/v1/orders", paid.replace("\"lines\"", "\"status\": \"refunded\", \"lines\""))
                .statusCode(200);
        shop.post("/v1/orders", paid.replace("2,", "0,")).statusCode(422);
        shop.post("/v1/products", "{\"code\": \"A\"}").statusCode(201);
        shop.post("/v1/interactions", """
                        {"externalId": "v", "customerId": "ext:u-1", "kind": "visited", "at": "2026-03-01T12:00:00Z"}""").statusCode(201);

        Awaitility.await().untilAsserted(() -> {
            assertThat(published(Topic.ORDERS, shop))
                    .extracting(Event::version, event -> ((OrderChanged) event).status())
                    .containsExactly(tuple(1L, Status.PAID), tuple(2L, Status.REFUNDED));
            assertThat(published(Topic.CUSTOMERS, shop)).hasSize(1);
            assertThat(published(Topic.PRODUCTS, shop)).hasSize(1);
            assertThat(published(Topic.INTERACTIONS, shop)).hasSize(1);
            assertThat(published(Topic.MERCHANTS, shop))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(((MerchantChanged) event).currency()).isEqualTo("CNY"));
        });
        var refunded = (OrderChanged) published(Topic.ORDERS, shop).getLast();
        assertThat(refunded.lines().getFirst().keptAmount()).isZero();
        assertThat(refunded.lines().getFirst().amount()).isEqualTo(1000);
    }

    private static List<Event> published(Topic topic, Shop shop) {
        return TestTopics.read(topic, Duration.ofSeconds(1)).stream()
                .filter(event -> event.merchantId() == shop.merchant())
                .toList();
    }
}
