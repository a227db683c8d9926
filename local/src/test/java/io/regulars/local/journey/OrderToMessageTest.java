package io.regulars.local.journey;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.regulars.embedded.TestTopics;
import io.regulars.events.Topic;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Order(1)
@ExtendWith(TheSystem.Started.class)
class OrderToMessageTest {

    private static final String CUSTOMER = "u-1";

    @Test
    void anOrderChangesTheTierAndSendsOnEveryChannelOnce(TheSystem system) {
        var shop = system.newShop("CNY");
        shop.customers(List.of(CUSTOMER));
        shop.activate(
                Map.of("type", "tier-changed", "direction", "up"),
                List.of(
                        TestShop.sms("亲爱的{customer.maskedName}，您已升级"),
                        TestShop.email("您已升级", "亲爱的{customer.maskedName}，您已升级"),
                        TestShop.inbox("您已升级")));
        var orderedAt = system.clock().instant().minusSeconds(60);

        shop.order("T-1", CUSTOMER, "12000.00", "STROLLER", orderedAt);

        Waiting.until(() -> sent(system, shop).equals(List.of(1, 1, 1)));
        assertThat(shop.tier(CUSTOMER)).isEqualTo("senior");
        assertThat(system.sms().receivedBy(shop.phone(CUSTOMER)).getFirst().text())
                .contains("亲爱的张**，您已升级");
        assertThat(system.mail().receivedBy(shop.email(CUSTOMER)).getFirst().header("List-Unsubscribe-Post"))
                .isEqualTo("List-Unsubscribe=One-Click");

        shop.order("T-1", CUSTOMER, "12000.00", "STROLLER", orderedAt);
        replay(system, shop);

        Waiting.holds(() -> sent(system, shop).equals(List.of(1, 1, 1)));
        assertThat(shop.score(CUSTOMER).path("frequency").asInt()).isEqualTo(1);
    }

    private static List<Integer> sent(TheSystem system, TestShop shop) {
        return List.of(
                system.sms().receivedBy(shop.phone(CUSTOMER)).size(),
                system.mail().receivedBy(shop.email(CUSTOMER)).size(),
                shop.inbox(CUSTOMER, 10).size());
    }

    /// Everything that was said about the order and the score comes once more.
    private static void replay(TheSystem system, TestShop shop) {
        var merchant = merchantOf(system, shop);
        for (var topic : List.of(Topic.ORDERS, Topic.SCORES)) {
            TestTopics.readRaw(system.kafka(), topic.topicName(), Duration.ofSeconds(20)).stream()
                    .filter(record -> new String(record.key(), StandardCharsets.UTF_8).startsWith(merchant + "/"))
                    .forEach(record -> TestTopics.replay(system.kafka(), record));
        }
    }

    /// The merchant's number stands before the slash of a record's key.
    private static String merchantOf(TheSystem system, TestShop shop) {
        return TestTopics.readRaw(system.kafka(), Topic.CUSTOMERS.topicName(), Duration.ofSeconds(20)).stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains(shop.email(CUSTOMER)))
                .map(record -> new String(record.key(), StandardCharsets.UTF_8).split("/")[0])
                .findFirst()
                .orElseThrow();
    }
}
