package io.regulars.bench.report;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {

    @Test
    void aMissedGoalFailsNothing() throws Exception {
        var report = report();
        report.check("rows", 10, 10L);

        var json = new ObjectMapper().readTree(ForMachines.line(Map.of(), List.of(report), Map.of()));

        assertThat(json.path("ok").asBoolean()).isTrue();
        var ratio = json.at("/benchmarks/0/ratios/0");
        assertThat(ratio.at("/ratio/median").asDouble()).isEqualTo(0.5);
        assertThat(ratio.path("met").asBoolean()).isFalse();
    }

    @Test
    void aWrongAnswerFails() throws Exception {
        var report = report();
        report.check("rows", 10, 9L);

        var json = new ObjectMapper().readTree(ForMachines.line(Map.of(), List.of(report), Map.of()));

        assertThat(json.path("ok").asBoolean()).isFalse();
        assertThat(json.at("/benchmarks/0/wrong/0/actual").asText()).isEqualTo("9");
        assertThat(ForPeople.text(report)).contains("WRONG rows: must be 10, is 9");
    }

    @Test
    void namesPeersThatCouldNotBeHad() {
        var report = report();
        report.missing("pgbench", "no network");

        assertThat(ForPeople.text(report)).contains("not measured against pgbench: no network");
    }

    @Test
    void theLineForMachinesIsOneLineWithoutNumbersThatJsonLacks() {
        var report = report();
        report.figure("nothing to divide by", Double.NaN, "s", null);

        var line = ForMachines.line(Map.of(), List.of(report), Map.of("other", "broke\nin two"));

        assertThat(line).doesNotContain("\n").doesNotContain("NaN").contains("\"ok\":false");
    }

    private static Report report() {
        var report = new Report("orders", 1, true);
        var race = new Race(
                "orders", "ours", "theirs", List.of(new Sample(5, 1, 5, 1, 0)), List.of(new Sample(10, 1, 10, 1, 0)));
        report.race(race, "orders/s", Goal.atLeast(0.6));
        return report;
    }
}
