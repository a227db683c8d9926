package io.regulars.faults.oracle;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScratchTest {

    @Test
    void holdsATierThroughItsGracePeriodAndThenFalls() {
        var bought = new TreeMap<>(Map.of(1000, new Scratch.Purchases(1, 12_000_00)));

        // 20 + 8 + 40 points; from day 31 on four fewer a bin: 64, 60 and, from day 181 on, too few
        assertThat(on(bought, 1000).tier()).isEqualTo("senior");
        assertThat(on(bought, 1180).tier()).isEqualTo("senior");
        assertThat(on(bought, 1210).tier()).isEqualTo("senior");
        assertThat(on(bought, 1211).tier()).isEqualTo("ordinary");
    }

    @Test
    void saysTheStageByTheLastOrder() {
        var bought = new TreeMap<>(Map.of(1000, new Scratch.Purchases(1, 100)));

        assertThat(on(new TreeMap<>(), 1000).stage()).isEqualTo("prospect");
        assertThat(on(bought, 1029).stage()).isEqualTo("new");
        assertThat(on(bought, 1030).stage()).isEqualTo("sleeping");
        assertThat(on(bought, 1090).stage()).isEqualTo("lost");
    }

    private static Scratch on(TreeMap<Integer, Scratch.Purchases> bought, int today) {
        return new Scratch(bought, today, new double[] {10, 1, 100}, 0);
    }
}
