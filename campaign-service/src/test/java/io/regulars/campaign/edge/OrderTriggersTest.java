package io.regulars.campaign.edge;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.InteractionRecorded;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

@QuarkusTest
class OrderTriggersTest extends ServiceEdge {

    @Test
    void thanksOnceForEachOrderThatIsPaidHoweverOftenItIsTold() {
        activate("{\"type\": \"order-paid\"}", send("inbox", "感谢订单{event.order}，{event.amount}元"));
        shop.joins(1);
        var paid = order(1, 11, 1, Status.PAID, false);
        TestTopics.publish(paid);
        eventually(() -> allAre(1, 1, "sent"));

        TestTopics.publish(paid);
        TestTopics.publish(order(1, 11, 2, Status.PAID, false));
        TestTopics.publish(order(1, 11, 3, Status.SHIPPED, false));
        TestTopics.publish(order(1, 12, 1, Status.SHIPPED, false));

        eventually(() -> allAre(1, 2, "sent"));
        stays(() -> messages(1).size() == 2);
        get("/v1/inbox/ext:u1/messages").body("items[1].text", is("感谢订单T11，39.80元"));
    }

    @Test
    void startsNothingForLoadedOrdersAndForThoseFromBeforeTheCampaign() {
        shop.joins(1);
        TestTopics.publish(order(1, 10, 1, Status.PAID, false));
        eventually(() -> orders() == 1);
        clock.shift(Duration.ofSeconds(5));
        activate("{\"type\": \"order-paid\"}", send("inbox", "x"));

        TestTopics.publish(order(1, 11, 1, Status.PAID, true));
        clock.shift(Duration.ofHours(-1));
        TestTopics.publish(order(1, 12, 1, Status.PAID, false));

        eventually(() -> orders() == 3);
        stays(() -> enrolments("%").isEmpty());
    }

    @Test
    void thanksForTheFirstOrderOnly() {
        activate("{\"type\": \"order-paid\", \"first\": true, \"minAmount\": 30}", send("inbox", "x"));
        shop.joins(1);
        TestTopics.publish(order(1, 10, 1, Status.CANCELLED, false));
        TestTopics.publish(order(1, 11, 1, Status.PAID, false));
        eventually(() -> allAre(1, 1, "sent"));

        TestTopics.publish(order(1, 12, 1, Status.PAID, false));

        eventually(() -> orders() == 3);
        stays(() -> messages(1).size() == 1);
    }

    @Test
    void leavesAloneWhoGaveTheOrderBack() {
        activate("{\"type\": \"order-delivered\"}", "{\"type\": \"wait\", \"for\": \"P1D\"}", send("inbox", "x"));
        shop.joins(1);
        TestTopics.publish(order(1, 11, 1, Status.DELIVERED, false));
        eventually(() -> enrolments("active").size() == 1);
        TestTopics.publish(order(1, 11, 2, Status.REFUNDED, false));
        eventually(() -> status(11).equals("REFUNDED"));

        clock.shift(Duration.ofDays(2));

        eventually(() -> enrolments("exited").equals(List.of("the cause is gone: the order is REFUNDED")));
    }

    /// WooCommerce #62113: the letter about the cart comes after the purchase.
    @Test
    void writesAboutNoCartThatWasOrdered() {
        activate("{\"type\": \"cart-abandoned\", \"after\": \"PT1H\"}", send("inbox", "还在购物车{event.cart}"));
        for (long customer = 1; customer <= 5; customer++) {
            shop.joins(customer);
            TestTopics.publish(cart(customer, 100 + customer, "cart-" + customer, "WIPES-80"));
        }
        eventually(() -> enrolments("entering").size() == 5);
        TestTopics.publish(order(1, 21, 1, Status.PAID, false));
        TestTopics.publish(named(order(2, 22, 1, Status.CREATED, false), "cart-2", "OTHER"));
        TestTopics.publish(named(order(3, 23, 1, Status.PAID, false), "T23", "OTHER"));
        clock.shift(Duration.ofMinutes(10));
        TestTopics.publish(cart(4, 204, "cart-4", "WIPES-80"));
        eventually(() -> orders() == 3 && enrolments("entering").size() == 6);

        clock.shift(Duration.ofMinutes(61));

        eventually(() -> allAre(3, 1, "sent") && allAre(4, 1, "sent") && allAre(5, 1, "sent"));
        assertThat(messages(1)).isEmpty();
        assertThat(messages(2)).isEmpty();
        assertThat(enrolments("refused"))
                .containsExactlyInAnyOrder(
                        "the cause is gone: the customer ordered: order T21",
                        "the cause is gone: the customer ordered: order cart-2",
                        "the cause is gone: the cart was touched since");
    }

    /// Looked at once more when it is to go out: what was held for the night is not sent to who bought meanwhile.
    @Test
    void skipsTheLetterAboutACartThatWasOrderedWhileItWasHeld() {
        put("/v1/guardrails", """
                {"caps": [{"channel": "inbox", "max": 1, "per": "P1D"}]}""");
        activate("{\"type\": \"complained\"}", send("inbox", "对不起"));
        activate("{\"type\": \"cart-abandoned\", \"after\": \"PT1S\"}", send("inbox", "还在购物车"));
        shop.joins(1);
        TestTopics.publish(did(1, 301, "complained", null, null, Map.of()));
        eventually(() -> allAre(1, 1, "sent"));
        TestTopics.publish(cart(1, 302, "c", "WIPES-80"));
        eventually(() -> messages(1).stream().anyMatch(one -> "held".equals(one.get("state"))));
        TestTopics.publish(order(1, 31, 1, Status.PAID, false));
        eventually(() -> orders() == 1);

        clock.shift(Duration.ofDays(1).plusMinutes(1));

        eventually(() -> messages(1).stream()
                .anyMatch(one -> "the cause is gone: the customer ordered: order T31".equals(one.get("reason"))
                        && "skipped".equals(one.get("state"))));
    }

    @Test
    void followsUpWhatCustomersSayOnceForEachTime() {
        activate("{\"type\": \"reviewed\", \"below\": 3}", send("inbox", "{event.rating ?: '?'}星"));
        shop.joins(1);
        shop.joins(2);
        var bad = did(1, 401, "product_reviewed", 2, "WIPES-80", Map.of());
        TestTopics.publish(did(2, 402, "product_reviewed", 3, "WIPES-80", Map.of()));
        TestTopics.publish(bad);
        eventually(() -> allAre(1, 1, "sent"));

        TestTopics.publish(bad);

        stays(() -> messages(1).size() == 1 && messages(2).isEmpty());
    }

    private OrderChanged order(long customer, long id, long version, Status status, boolean backfill) {
        return new OrderChanged(
                shop.merchant(),
                id,
                version,
                "T" + id,
                customer,
                status,
                clock.instant(),
                "CNY",
                "shop",
                false,
                List.of(new OrderChanged.Line(1, "WIPES-80", "婴儿湿巾", "湿巾", 2, 3980, 2, 3980)),
                List.of(),
                backfill,
                clock.instant());
    }

    private static OrderChanged named(OrderChanged order, String externalId, String product) {
        return new OrderChanged(
                order.merchantId(),
                order.orderId(),
                order.version(),
                externalId,
                order.customerId(),
                order.status(),
                order.orderedAt(),
                order.currency(),
                order.channel(),
                false,
                List.of(new OrderChanged.Line(1, product, product, null, 1, 100, 1, 100)),
                List.of(),
                false,
                order.changedAt());
    }

    private InteractionRecorded cart(long customer, long id, String cart, String products) {
        return did(customer, id, "cart_abandoned", null, null, Map.of("cart", cart, "products", products));
    }

    private InteractionRecorded did(
            long customer, long id, String kind, Integer rating, String subject, Map<String, String> properties) {
        return new InteractionRecorded(
                shop.merchant(), customer, id, "x" + id, kind, clock.instant(), rating, subject, properties, false);
    }

    private int orders() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from order_state where merchant_id = :m")
                .bind("m", shop.merchant())
                .mapTo(Integer.class)
                .one());
    }

    private String status(long order) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select status from order_state where merchant_id = :m and order_id = :o")
                        .bind("m", shop.merchant())
                        .bind("o", order)
                        .mapTo(String.class)
                        .one());
    }

    /// The reasons of those in the state.
    private List<String> enrolments(String state) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select coalesce(reason, '') from enrolment where merchant_id = :m and state like :s")
                .bind("m", shop.merchant())
                .bind("s", state)
                .mapTo(String.class)
                .list());
    }
}
