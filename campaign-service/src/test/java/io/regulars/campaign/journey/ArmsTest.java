package io.regulars.campaign.journey;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;

import io.regulars.campaign.campaign.Step.Split;
import io.regulars.campaign.guardrail.Holdout;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArmsTest {

    private static final long CUSTOMERS = 40_000;
    private static final Split SPLIT = split("subject");

    /// Within four standard errors.
    @Test
    void giveEachArmItsShare() {
        var inA = LongStream.range(0, CUSTOMERS)
                .filter(customer -> a(SPLIT, customer))
                .count();

        assertThat(inA).isBetween(9_654L, 10_346L);
    }

    @Test
    void leaveACustomerWhereTheyWere() {
        assertThat(LongStream.range(0, 1_000))
                .allSatisfy(
                        customer -> assertThat(a(split("subject"), customer)).isEqualTo(a(SPLIT, customer)));
    }

    @Test
    void areDrawnAnewForEachExperiment() {
        var other = split("hour");

        var inBoth = LongStream.range(0, CUSTOMERS)
                .filter(customer -> a(SPLIT, customer) && a(other, customer))
                .count();

        assertThat(inBoth).isBetween(2_306L, 2_694L);
    }

    @Test
    void haveTheirShareOfTheHeldOut() {
        var held = LongStream.range(0, CUSTOMERS)
                .filter(customer -> Holdout.holdsOut("salt", customer, BigDecimal.valueOf(50)))
                .boxed()
                .toList();

        var inA = held.stream().filter(customer -> a(SPLIT, customer)).count();

        assertThat((double) inA / held.size()).isBetween(0.2377, 0.2623);
    }

    private static boolean a(Split split, long customer) {
        return Arms.of(split, "salt", customer).name().equals("a");
    }

    private static Split split(String experiment) {
        return new Split(experiment, List.of(new Split.Arm("a", 1, 1), new Split.Arm("b", 3, 2)));
    }
}
