package io.regulars.campaign.points;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.reading.Faults;
import io.regulars.kit.problem.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PointRulesTest {

    private static final PointRules RULES =
            new PointRules(new BigDecimal("0.5"), Map.of("vip", new BigDecimal("1.5")), Duration.ofDays(365));

    @Test
    void givesWholePointsAlone() {
        assertThat(points(199_99, BigDecimal.ONE, 2)).isEqualTo(99);
        assertThat(points(200_00, RULES.multiplier("vip"), 2)).isEqualTo(150);
        assertThat(points(1_99, BigDecimal.ONE, 2)).isZero();
        assertThat(points(1_999, BigDecimal.ONE, 0)).isEqualTo(999);
    }

    private static long points(long kept, BigDecimal multiplier, int digits) {
        return PointRules.points(kept, RULES.perUnit(), multiplier, digits);
    }

    @Test
    void knowsATierThatIsNotNamed() {
        assertThat(RULES.multiplier("new")).isEqualTo(BigDecimal.ONE);
        assertThat(RULES.multiplier(null)).isEqualTo(BigDecimal.ONE);
    }

    @Test
    void expiresAfterItsTime() {
        var at = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(RULES.expiry(at)).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(new PointRules(BigDecimal.ONE, Map.of(), null).expiry(at)).isNull();
    }

    @Test
    void readsWhatItWrites() throws IOException {
        var faults = new Faults();

        var read = PointRules.read(new JsonMapper().readTree(RULES.write().toString()), faults);

        faults.throwIfAny();
        assertThat(read).isEqualTo(RULES);
    }

    @Test
    void namesEverythingThatIsWrong() throws IOException {
        var faults = new Faults();
        PointRules.read(
                new JsonMapper()
                        .readTree(
                                "{\"multipliers\": {\"vip\": 0, \"new\": \"x\"}, \"expireAfter\": \"P0D\", \"extra\": 1}"),
                faults);

        assertThat(faults.violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder("perUnit", "multipliers.vip", "multipliers.new", "expireAfter", "extra");
    }
}
