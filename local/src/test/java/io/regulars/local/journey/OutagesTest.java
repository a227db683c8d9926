package io.regulars.local.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
import static org.assertj.core.api.Assertions.fail;

@Order(9)
@ExtendWith(TheSystem.Started.class)
class OutagesTest {

    private static final List<String> PARTS = List.of("customer", "scoring", "campaign", "kafka", "postgres");
    private static final Duration BACK_WITHIN = Duration.ofMinutes(3);

    /// A message that was on the wire when its worker was killed is looked at when the worker's lease has run out.
    private static final Duration LEASE_AND_MORE = Duration.ofMinutes(4);

    private static final Set<String> UNDER_WAY = Set.of("planned", "held", "claimed", "transmitting");
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
        Waiting.until(LEASE_AND_MORE, () -> over(shop) && toldOnce(shop, customers, received(system, shop, customers)));
        Waiting.holds(() -> over(shop) && toldOnce(shop, customers, received(system, shop, customers)));
        customers.forEach(customer -> assertMailedOnce(system, shop, customer));
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

    /// Each customer who rose was told, of each step at most once, and by both channels alike. Steps that follow each
    /// other while campaign-service is away may be told as one: the last.
    private static boolean toldOnce(TestShop shop, List<String> customers, Map<String, List<Integer>> received) {
        var promotions = promotions(shop, customers);
        return customers.stream().allMatch(customer -> {
            var told = received.get(customer);
            var steps = promotions.get(customer).getFirst();
            return told.getFirst().equals(told.getLast())
                    && told.getFirst() <= steps
                    && (steps == 0) == (told.getFirst() == 0);
        });
    }

    private static boolean over(TestShop shop) {
        return shop.owner()
                .get("/api/campaign/v1/messages?limit=1000")
                .path("items")
                .valueStream()
                .noneMatch(message -> UNDER_WAY.contains(message.path("state").asText()));
    }

    /// An e-mail for each step that the customer was told of by SMS, none of them twice. One may be missing only
    /// where the service itself says that it is uncertain: no mail relay knows a repetition by its key.
    private static void assertMailedOnce(TheSystem system, TestShop shop, String customer) {
        var steps = system.sms().receivedBy(shop.phone(customer)).size();
        var received = system.mail().receivedBy(shop.email(customer)).stream()
                .map(mail -> mail.header("Message-ID"))
                .toList();
        var sent = new ArrayList<String>();
        var uncertain = new ArrayList<String>();
        for (var message : shop.owner()
                .get("/api/campaign/v1/messages?limit=1000&channel=email&customer=ext:" + customer)
                .path("items")) {
            switch (message.path("state").asText()) {
                case "sent" -> sent.add(message.path("providerId").asText());
                case "uncertain" -> uncertain.add(message.path("id").asText());
                default -> fail("neither sent nor uncertain: %s", message);
            }
        }

        assertThat(received)
                .as("e-mails to %s", customer)
                .doesNotHaveDuplicates()
                .containsAll(sent);
        assertThat(received.size() - sent.size())
                .as("e-mails that may have been sent")
                .isLessThanOrEqualTo(uncertain.size());
        assertThat(sent.size() + uncertain.size()).as("e-mails planned").isEqualTo(steps);
    }

    /// How many steps up each customer made.
    private static Map<String, List<Integer>> promotions(TestShop shop, List<String> customers) {
        var promotions = new TreeMap<String, List<Integer>>();
        for (var customer : customers) {
            var steps = 0;
            for (var step : shop.owner()
                    .get("/api/scoring/v1/scores/ext:" + customer + "/history?dimension=tier")
                    .path("items")) {
                steps += step.path("direction").asText().equals("up") ? 1 : 0;
            }
            promotions.put(customer, List.of(steps, steps));
        }
        return promotions;
    }

    private static Map<String, List<Integer>> received(TheSystem system, TestShop shop, List<String> customers) {
        var received = new TreeMap<String, List<Integer>>();
        for (var customer : customers) {
            received.put(
                    customer,
                    List.of(
                            system.sms().receivedBy(shop.phone(customer)).size(),
                            shop.inbox(customer, 100).size()));
        }
        return received;
    }
}
