package io.regulars.kit.fault;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KillSwitchTest {

    private final AtomicInteger halts = new AtomicInteger();
    private final KillSwitch points = new KillSwitch(halts::incrementAndGet);

    @Test
    void haltsAtTheArmedArrivalOnly() {
        points.arm(KillPoint.RELAY_AFTER_SEND, 3);

        points.reach(KillPoint.RELAY_AFTER_SEND);
        points.reach(KillPoint.RELAY_AFTER_READ);
        points.reach(KillPoint.RELAY_AFTER_SEND);
        assertThat(halts).hasValue(0);
        points.reach(KillPoint.RELAY_AFTER_SEND);
        points.reach(KillPoint.RELAY_AFTER_SEND);

        assertThat(halts).hasValue(1);
        assertThat(points.arrivals(KillPoint.RELAY_AFTER_SEND)).isEqualTo(4);
    }

    @Test
    void armingAnotherPointDisarmsTheFirst() {
        points.arm(KillPoint.RELAY_AFTER_SEND, 1);
        points.arm(KillPoint.RELAY_AFTER_READ, 1);

        points.reach(KillPoint.RELAY_AFTER_SEND);

        assertThat(halts).hasValue(0);
    }

    @Test
    void refusesAnArrivalThatCannotCome() {
        assertThatThrownBy(() -> points.arm(KillPoint.RELAY_AFTER_SEND, 0)).hasMessageContaining("not 0");
    }

    @Test
    void isOffWithoutTheEnvironmentVariable() {
        assertThat(KillPoint.ON).isFalse();

        KillPoint.RELAY_AFTER_SEND.reach();

        assertThat(KillPoint.SWITCH.arrivals(KillPoint.RELAY_AFTER_SEND)).isZero();
    }
}
