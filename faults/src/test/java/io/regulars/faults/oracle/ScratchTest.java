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

    @Test
    void winsBackWhoWasLostForThreeMonths() {
        var bought = new TreeMap<>(
                Map.of(1000, one(), 1090, one(), 1110, one(), 1130, one(), 1150, one(), 1170, one(), 1190, one()));

        assertThat(on(firstDays(bought, 1089), 1089).stage()).isEqualTo("sleeping");
        assertThat(on(firstDays(bought, 1090), 1090).stage()).isEqualTo("won-back");
        assertThat(on(firstDays(bought, 1178), 1178).stage()).isEqualTo("won-back");
        // 92 days on at the latest
        assertThat(on(firstDays(bought, 1182), 1182).stage()).isEqualTo("growing");
    }

    @Test
    void isNotLostADayEarlier() {
        var bought = new TreeMap<>(Map.of(1000, one(), 1089, one()));

        assertThat(on(bought, 1093).stage()).isEqualTo("mature");
    }

    @Test
    void saysHowOftenAndForHowMuchACustomerBuys() {
        var bought =
                new TreeMap<>(Map.of(1000, new Scratch.Purchases(2, 900_00), 1010, new Scratch.Purchases(1, 600_00)));

        assertThat(on(bought, 1029).classes())
                .isEqualTo(Map.of("frequency", "high", "amount", "middle", "orderValue", "large"));
        assertThat(on(bought, 1030).classes()).containsEntry("frequency", "low");
        assertThat(on(bought, 1375).classes()).isEqualTo(Map.of("frequency", "low"));
        assertThat(on(new TreeMap<>(Map.of(1000, one())), 1000).classes())
                .isEqualTo(Map.of("frequency", "one-time", "amount", "low", "orderValue", "small"));
        assertThat(on(new TreeMap<>(), 1000).classes()).isEqualTo(Map.of("frequency", "never"));
    }

    @Test
    void showsWhatWasBoughtWithinAYearAndGroupsByAllOfIt() {
        var bought =
                new TreeMap<>(Map.of(1000, new Scratch.Purchases(2, 900_00), 1010, new Scratch.Purchases(1, 600_00)));

        assertThat(on(bought, 1364).frequency()).isEqualTo(3);
        assertThat(on(bought, 1364).monetary()).isEqualTo(1_500_00);
        assertThat(on(bought, 1365).frequency()).isEqualTo(1);
        assertThat(on(bought, 1365).monetary()).isEqualTo(600_00);
        assertThat(on(bought, 1375).frequency()).isZero();
        assertThat(on(bought, 1375).group()).isEqualTo("011");
    }

    @Test
    void warnsOfWhoBuysHalfAsMuchAndIsAwake() {
        var bought = new TreeMap<>(Map.of(1000, one(), 1010, one(), 1020, one(), 1060, new Scratch.Purchases(2, 300)));

        assertThat(on(bought, 1069).warning()).isEmpty();
        assertThat(on(bought, 1080).warning()).isEmpty();
        assertThat(on(new TreeMap<>(Map.of(1000, one(), 1010, one(), 1065, one())), 1080)
                        .warning())
                .containsExactly("amount", "frequency");
        assertThat(on(new TreeMap<>(Map.of(1000, one(), 1010, one(), 1065, one())), 1095)
                        .warning())
                .isEmpty();
    }

    private static Scratch.Purchases one() {
        return new Scratch.Purchases(1, 100);
    }

    private static TreeMap<Integer, Scratch.Purchases> firstDays(TreeMap<Integer, Scratch.Purchases> all, int last) {
        return new TreeMap<>(all.headMap(last, true));
    }

    private static Scratch on(TreeMap<Integer, Scratch.Purchases> bought, int today) {
        return new Scratch(bought, today, new double[] {10, 1, 100}, 0);
    }
}
