package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.regulars.campaign.price.Prices;
import io.regulars.events.Channel;
import io.regulars.kit.money.Money;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EconomicsTest {

    private static final Prices PRICES =
            new Prices("CNY", Map.of(Channel.SMS, new BigDecimal("0.045")), BigDecimal.valueOf(40));

    /// Goods of 100.00 that cost 60.00, sold for 90.00 with a coupon of 10.00: 30.00 are left, less the
    /// messages.
    @Test
    void takesCouponsAndMessagesOffTheMargin() {
        var economics =
                Economics.of(9_000, List.of(coupons(1_000, 0)), List.of(sent("sms", 30), sent("inbox", 5)), PRICES);

        assertThat(economics)
                .isEqualTo(new Economics(
                        cny("90.00"),
                        cny("40.00"),
                        cny("10.00"),
                        cny("1.35"),
                        cny("28.65"),
                        new BigDecimal("2.5242"),
                        List.of()));
    }

    @Test
    void roundsTheCostOfAllMessagesOnce() {
        assertThat(Economics.of(0, List.of(), List.of(sent("sms", 1), sent("sms", 2)), PRICES)
                        .channels())
                .isEqualTo(cny("0.14"));
    }

    @Test
    void tellsWhatItCannotTell() {
        var economics = Economics.of(
                9_000, List.of(coupons(1_000, 2)), List.of(sent("email", 1), sent("email", 1)), Prices.none("CNY"));

        assertThat(economics.margin()).isNull();
        assertThat(economics.profit()).isNull();
        assertThat(economics.roi()).isNull();
        assertThat(economics.notTold())
                .containsExactly(
                        "coupons: what 2 redeemed codes cost is not known",
                        "channels: no price is set for email",
                        "margin, profit, roi: no marginPercent is set");
        assertThat(Economics.of(100, List.of(), List.of(), PRICES).notTold()).containsExactly("roi: there is no cost");
    }

    private static Discounts.Row coupons(long cost, long unknown) {
        return new Discounts.Row(1, "vip", 1, cost, unknown);
    }

    private static Sendings.Row sent(String channel, long messages) {
        return new Sendings.Row(1, "vip", channel, 0, messages, 0, 0, 0, 0, 0, 0, 0);
    }

    private static Money cny(String amount) {
        return new Money(new BigDecimal(amount), "CNY");
    }
}
