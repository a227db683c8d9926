package io.regulars.campaign.guardrail;

import java.math.BigDecimal;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HoldoutTest {

    private static final BigDecimal TENTH = BigDecimal.TEN;

    @Test
    void leavesTheShareAlone() {
        long held = LongStream.range(0, 100_000)
                .filter(customer -> Holdout.holdsOut("salt", customer, TENTH))
                .count();

        assertThat(held).isBetween(9_700L, 10_300L);
    }

    /// Klaviyo offers holdouts from 400,000 profiles on.
    @Test
    void leavesTheShareAloneInTheSmallestShopsToo() {
        long held = LongStream.range(0, 10_000)
                .flatMap(shop -> LongStream.rangeClosed(1, 4)
                        .filter(customer -> Holdout.holdsOut("shop" + shop, customer, BigDecimal.valueOf(25))))
                .count();

        assertThat(held).isBetween(9_700L, 10_300L);
    }

    @Test
    void leavesOthersAloneInAnotherCampaign() {
        long both = LongStream.range(0, 100_000)
                .filter(customer ->
                        Holdout.holdsOut("one", customer, TENTH) && Holdout.holdsOut("other", customer, TENTH))
                .count();

        assertThat(both).isBetween(850L, 1_150L);
    }

    @Test
    void keepsWhoIsHeldOutWhenTheShareGrows() {
        assertThat(LongStream.range(0, 10_000)
                        .filter(customer -> Holdout.holdsOut("salt", customer, TENTH))
                        .allMatch(customer -> Holdout.holdsOut("salt", customer, BigDecimal.valueOf(20))))
                .isTrue();
    }

    @Test
    void holdsOutNobodyAtNoneAndAllAtHundred() {
        assertThat(LongStream.range(0, 1_000)
                        .noneMatch(customer -> Holdout.holdsOut("salt", customer, BigDecimal.ZERO)))
                .isTrue();
        assertThat(LongStream.range(0, 1_000)
                        .allMatch(customer -> Holdout.holdsOut("salt", customer, BigDecimal.valueOf(100))))
                .isTrue();
    }
}
