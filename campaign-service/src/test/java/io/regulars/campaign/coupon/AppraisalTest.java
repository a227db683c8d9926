package io.regulars.campaign.coupon;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AppraisalTest {

    private static final Offer TWELVE_PERCENT = new Offer("percent", new BigDecimal("12"), null, null, null);
    private static final Offer TWENTY_OFF_200 = new Offer("threshold", null, 20_00L, 200_00L, null);

    @Test
    void takesAShareAndRoundsHalfUp() {
        assertThat(of(TWELVE_PERCENT, null, cart(99_99)).discount()).isEqualTo(12_00);
        assertThat(of(new Offer("percent", new BigDecimal("12.5"), null, null, null), null, cart(4))
                        .discount())
                .isEqualTo(1);
    }

    @Test
    void takesNoMoreThanThereIs() {
        assertThat(of(new Offer("amount", null, 50_00L, null, null), null, cart(30_00))
                        .discount())
                .isEqualTo(30_00);
    }

    @Test
    void wantsTheMinimumSpend() {
        assertThat(of(TWENTY_OFF_200, null, cart(200_00)).objection()).isNull();
        assertThat(of(TWENTY_OFF_200, null, cart(199_99)).objection())
                .isEqualTo("the cart is below the minimum spend of 200.00 CNY");
    }

    @Test
    void keepsTheMargin() {
        var floor = new BigDecimal("25");

        // 88.00 are left of 100.00: 22.00 of them are 25 %
        assertThat(of(TWELVE_PERCENT, floor, new Cart(100_00, 66_00L, null)).objection())
                .isNull();
        assertThat(of(TWELVE_PERCENT, floor, new Cart(100_00, 66_01L, null)).objection())
                .isEqualTo("it would leave less than 25 % over the cost");
        assertThat(of(TWELVE_PERCENT, floor, cart(100_00)).objection()).contains("tell what the cart costs");
        assertThat(of(TWELVE_PERCENT, floor, null).objection()).contains("tell the cart");
        assertThat(of(new Offer("amount", null, 100_00L, null, null), floor, new Cart(100_00, 0L, null))
                        .objection())
                .isNotNull();
    }

    @Test
    void countsShippingThatIsNotCharged() {
        var free = new Offer("free-shipping", null, null, null, null);

        assertThat(of(free, null, new Cart(100_00, null, 12_00L)).discount()).isEqualTo(12_00);
        assertThat(of(free, new BigDecimal("20"), new Cart(100_00, 75_00L, 12_00L))
                        .objection())
                .isNotNull();
    }

    @Test
    void knowsNoSumOfAGift() {
        assertThat(of(new Offer("gift", null, null, null, "a cup"), null, cart(100)))
                .isEqualTo(new Appraisal(null, null));
    }

    private static Cart cart(long amount) {
        return new Cart(amount, null, null);
    }

    private static Appraisal of(Offer offer, BigDecimal floor, Cart cart) {
        return Appraisal.of(offer, floor, cart, "CNY");
    }
}
