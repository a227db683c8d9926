package io.regulars.customer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Topic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ConcurrentWritesTest {

    private static final int WRITERS = 6;
    private static final int THINGS = 40;

    @Test
    void manyWritersOfTheSameThingsMakeEachOfThemOnce() throws Exception {
        Shop shop = Shop.inChina();

        List<Integer> customers = together(seed -> created(shop, "customers", seed, """
                {"externalId": "u-%1$d", "name": "n"}"""));
        List<Integer> orders = together(seed -> created(shop, "orders", seed, """
                {"externalId": "o-%1$d", "customerId": "ext:u-%1$d", "orderedAt": "2026-03-01T12:00:00Z",
                 "lines": [{"productCode": "A", "quantity": 1, "unitPrice": "5"}]}"""));
        List<Integer> interactions = together(seed -> created(shop, "interactions", seed, """
                {"externalId": "v-%1$d", "customerId": "ext:u-%1$d", "kind": "visited",
                 "at": "2026-03-01T12:00:00Z"}"""));
        List<Integer> products = together(seed -> created(shop, "products", seed, """
                {"code": "p-%1$d", "name": "n"}"""));

        for (List<Integer> created : List.of(customers, orders, interactions, products)) {
            assertThat(created.stream().mapToInt(Integer::intValue).sum()).isEqualTo(THINGS);
        }
        shop.get("/v1/customers/counts").body("orders", equalTo(THINGS)).body("customers", equalTo(THINGS));
        Awaitility.await()
                .untilAsserted(() -> assertThat(TestTopics.read(Topic.ORDERS, Duration.ofSeconds(1)).stream()
                                .filter(event -> event.merchantId() == shop.merchant()))
                        .hasSize(THINGS)
                        .allMatch(event -> event.version() == 1));
    }

    @Test
    void answersOnAllChannelsAtOnceAllStand() throws Exception {
        Shop shop = Shop.inChina();
        for (int i = 0; i < THINGS; i++) {
            shop.customer("u-" + i);
        }

        together(seed -> {
            String channel = List.of("sms", "email", "inbox").get(seed % 3);
            for (int i = 0; i < THINGS; i++) {
                shop.system()
                        .body("""
                                {"%s": {"granted": false, "at": "2026-03-01T12:00:00Z"}}""".formatted(channel))
                        .put("/v1/customers/ext:u-" + i + "/consents")
                        .then()
                        .statusCode(200);
            }
            return THINGS;
        });

        for (int i = 0; i < THINGS; i++) {
            shop.get("/v1/customers/ext:u-" + i + "/consents")
                    .body("sms.granted", equalTo(false))
                    .body("email.granted", equalTo(false))
                    .body("inbox.granted", equalTo(false));
        }
    }

    private interface Writer {
        int write(int seed);
    }

    private static int created(Shop shop, String things, int seed, String template) {
        var numbers = new ArrayList<>(IntStream.range(0, THINGS).boxed().toList());
        Collections.shuffle(numbers, new Random(seed));
        String items =
                String.join(", ", numbers.stream().map(template::formatted).toList());
        return shop.post("/v1/" + things + "/batch", "{\"items\": [" + items + "]}")
                .statusCode(200)
                .body("rejected", equalTo(0))
                .extract()
                .path("created");
    }

    private static List<Integer> together(Writer writer) throws Exception {
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            var tasks = IntStream.range(0, WRITERS)
                    .<Callable<Integer>>mapToObj(seed -> () -> writer.write(seed))
                    .toList();
            var counts = new ArrayList<Integer>();
            for (var done : threads.invokeAll(tasks)) {
                counts.add(done.get());
            }
            return counts;
        }
    }
}
