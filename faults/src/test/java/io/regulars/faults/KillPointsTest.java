package io.regulars.faults;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KillPointsTest {

    @Test
    void everythingHoldsWhereverAServiceDies() {
        var outcome = BrokenSystem.get().outcome();

        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.kills()).isEqualTo(BrokenSystem.points());
        assertThat(outcome.orders()).isGreaterThan(20);
        assertThat(outcome.messages()).isGreaterThan(20);
    }
}
