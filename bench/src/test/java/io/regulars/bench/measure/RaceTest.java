package io.regulars.bench.measure;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RaceTest {

    @Test
    void reversesTheOrderEveryOtherRound() throws Exception {
        var turns = new ArrayList<String>();

        Race.run(
                "race",
                3,
                new Contestant("a", round -> noted(turns, "a", 1)),
                new Contestant("b", round -> noted(turns, "b", 1)),
                line -> {});

        assertThat(turns).containsExactly("a", "b", "b", "a", "a", "b");
    }

    @Test
    void dividesRoundByRound() {
        var race = new Race(
                "race", "a", "b", List.of(sample(2), sample(9), sample(8)), List.of(sample(4), sample(3), sample(8)));

        var ratio = race.ratio();

        assertThat(ratio).isEqualTo(new Spread(1, 0.5, 3));
    }

    @Test
    void saysWhenTheDenominatorSpreadByMoreThanAQuarter() {
        var steady = new Race("race", "a", "b", List.of(sample(1), sample(9)), List.of(sample(100), sample(124)));
        var noisy = new Race("race", "a", "b", List.of(sample(1), sample(1)), List.of(sample(100), sample(140)));

        assertThat(steady.noisy()).isFalse();
        assertThat(noisy.noisy()).isTrue();
    }

    @Test
    void warmsUpUntilThreeWindowsAgree() throws Exception {
        var rates = List.of(10.0, 50.0, 98.0, 100.0, 101.0, 500.0).iterator();

        var warmUp = WarmUp.run(10, rates::next);

        assertThat(warmUp).isEqualTo(new WarmUp(5, true, 101));
    }

    @Test
    void stopsWarmingWhenPatienceEnds() throws Exception {
        var rates = List.of(10.0, 50.0, 90.0, 200.0).iterator();

        var warmUp = WarmUp.run(4, rates::next);

        assertThat(warmUp.steady()).isFalse();
    }

    @Test
    void countsTheProcessorTimeOfThisProcess() {
        var self = new ProcessTree(ProcessHandle.current().pid());
        org.junit.jupiter.api.Assumptions.assumeTrue(self.known(), "there is no /proc here");
        var meter = Meter.over(self);
        var end = System.nanoTime() + 300_000_000;
        var turns = 0L;
        while (System.nanoTime() < end) {
            turns++;
        }

        var sample = meter.seconds(turns);

        assertThat(sample.wallSeconds()).isGreaterThanOrEqualTo(0.3);
        assertThat(sample.cpuSeconds()).isGreaterThan(0);
        assertThat(sample.value()).isCloseTo(sample.wallSeconds(), within(1e-9));
        assertThat(sample.peakBytes()).isGreaterThan(10_000_000);
    }

    private static Sample noted(List<String> turns, String name, double value) {
        turns.add(name);
        return sample(value);
    }

    private static Sample sample(double value) {
        return new Sample(value, 1, 1, 1, 1);
    }
}
