package io.regulars.bench.shop;

import java.time.Instant;
import java.util.Comparator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SteadyShopTest {

    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void everyoneBuysEquallyOftenWithinTheShopsTime() {
        var shop = new SteadyShop(7, 50, 10, FROM, UNTIL);

        assertThat(shop)
                .hasSize(50)
                .allSatisfy(buyer -> assertThat(buyer.purchases())
                        .hasSize(10)
                        .isSortedAccordingTo(Comparator.comparing(Purchase::at))
                        .allSatisfy(purchase -> assertThat(purchase.at()).isBetween(FROM, UNTIL)));
    }

    @Test
    void isTheSameEachTime() {
        assertThat(new SteadyShop(7, 20, 3, FROM, UNTIL))
                .containsExactlyElementsOf(new SteadyShop(7, 20, 3, FROM, UNTIL));
    }
}
