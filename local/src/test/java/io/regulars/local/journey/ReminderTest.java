package io.regulars.local.journey;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Order(8)
@ExtendWith(TheSystem.Started.class)
class ReminderTest {

    private static final String WIPES = "WIPES-80";

    private TheSystem system;

    @AfterEach
    void resetClock() {
        system.local().shiftClock(Duration.ZERO);
    }

    @Test
    void timeAloneBringsTheRepurchaseReminderAndLaterTheWakeUp(TheSystem system) {
        this.system = system;
        var shop = system.newShop("CNY");
        shop.product(WIPES, 20);
        shop.customers(List.of("u-1", "u-2"));
        shop.activate(
                Map.of("type", "repurchase-window-opened"),
                List.of(TestShop.sms("您的{product.name}快用完了，购买本产品可享受8.8折优惠")));
        shop.activate(Map.of("type", "fell-asleep"), List.of(TestShop.email("好久不见", "我们想您了")));
        shop.order("T-1", "u-1", "29.90", WIPES, system.clock().instant().minusSeconds(60));
        Waiting.until(() -> shop.score("u-1").path("frequency").asInt() == 1);

        system.local().shiftClock(Duration.ofDays(14));
        Waiting.holds(() -> system.sms().receivedBy(shop.phone("u-1")).isEmpty());
        system.local().shiftClock(Duration.ofDays(16));
        Waiting.until(() -> system.sms().receivedBy(shop.phone("u-1")).size() == 1);

        assertThat(system.sms().receivedBy(shop.phone("u-1")).getFirst().text())
                .contains("您的婴儿湿巾 WIPES-80快用完了，购买本产品可享受8.8折优惠");
        assertThat(system.mail().receivedBy(shop.email("u-1"))).isEmpty();

        system.local().shiftClock(Duration.ofDays(40));
        Waiting.until(() -> system.mail().receivedBy(shop.email("u-1")).size() == 1);
        Waiting.holds(() -> system.sms().receivedBy(shop.phone("u-1")).size() == 1);
        assertThat(system.mail().receivedBy(shop.email("u-2"))).isEmpty();
    }
}
