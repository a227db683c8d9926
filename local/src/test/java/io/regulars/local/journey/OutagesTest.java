package io.regulars.local.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.regulars.local.api.ApiException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Order(9)
@ExtendWith(TheSystem.Started.class)
class OutagesTest {

    private static final List<String> PARTS = List.of("customer", "scoring", "campaign", "kafka", "postgres");
    private static final Duration BACK_WITHIN = Duration.ofMinutes(3);

    /// A message that was on the wire when its worker was killed is looked at when the worker's lease has run out.
    private static final Duration LEASE_AND_MORE = Duration.ofMinutes(4);

    private static final int CUSTOMERS = 20;
    private static final String PRICE = "700.00";

    private final AtomicInteger orders = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void everyOrderCountsOnceAndNoMessageIsDoubledWhateverIsKilled(TheSystem system) throws Exception {
        var shop = system.newShop("CNY");
        var customers = IntStream.range(0, CUSTOMERS).mapToObj(i -> "u-" + i).toList();
        shop.customers(customers);
        shop.activate(
                Map.of("type", "tier-changed", "direction", "up"),
                List.of(
                        TestShop.sms("升级 {customer.tier}"),
                        TestShop.inbox("升级 {customer.tier}"),
                        TestShop.email("升级", "升级 {customer.tier}")));

        try (var stream = Executors.newSingleThreadExecutor()) {
            var streaming = stream.submit(() -> order(shop, system.clock().instant()));
            try {
                for (var part : PARTS) {
                    killAndAwait(system, part, streaming);
                }
            } finally {
                over.set(true);
            }
            streaming.get(2, TimeUnit.MINUTES);
        }

        Waiting.until(() -> shop.client()
                        .get("/api/customer/v1/customers/counts")
                        .path("orders")
                        .asInt()
                == orders.get());
        Waiting.until(() -> counted(shop) == orders.get());
        var deliveries = new Deliveries(system, shop);
        var risen = (int) customers.stream()
                .filter(customer -> promotions(shop, customer) > 0)
                .count();
        Waiting.until(LEASE_AND_MORE, () -> deliveries.over(risen));
        Waiting.holds(() -> deliveries.over(risen));
        customers.forEach(customer -> deliveries.assertOnce(customer, promotions(shop, customer)));
        assertThat(risen).isPositive();
        assertThat(orders.get()).isGreaterThan(CUSTOMERS);
    }

    /// Orders round the customers until told that it is over, and repeats what is not answered well.
    private void order(TestShop shop, Instant at) {
        while (!over.get()) {
            var i = orders.get();
            try {
                shop.order("T-" + i, "u-" + i % CUSTOMERS, PRICE, "STROLLER", at.minusSeconds(i));
                orders.incrementAndGet();
            } catch (ApiException e) {
                if (e.status() != 0 && e.status() < 500) {
                    throw e;
                }
            }
        }
    }

    /// Waits before and after until orders flow, so that each outage meets some.
    private void killAndAwait(TheSystem system, String part, Future<?> streaming) throws Exception {
        moreOrders(streaming, 20);
        system.local().supervisor().kill(part);
        moreOrders(streaming, 5);
        system.local().supervisor().await(PARTS, BACK_WITHIN, name -> {});
        moreOrders(streaming, 5);
    }

    private void moreOrders(Future<?> streaming, int more) {
        var wanted = orders.get() + more;
        Waiting.until(() -> {
            if (streaming.isDone()) {
                streaming.get();
            }
            return orders.get() >= wanted;
        });
    }

    private static int counted(TestShop shop) {
        var sum = 0;
        for (var score : shop.owner().get("/api/scoring/v1/scores?limit=1000").path("items")) {
            sum += score.path("frequency").asInt();
        }
        return sum;
    }

    /// How many steps up the customer made.
    private static int promotions(TestShop shop, String customer) {
        var steps = 0;
        for (var step : shop.owner()
                .get("/api/scoring/v1/scores/ext:" + customer + "/history?dimension=tier")
                .path("items")) {
            steps += step.path("direction").asText().equals("up") ? 1 : 0;
        }
        return steps;
    }
}
