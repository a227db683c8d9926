package io.regulars.campaign.guardrail;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.guardrail.GlobalHoldout.Rotation;
import io.regulars.campaign.reading.Faults;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyTest {

    private static final Instant MARCH = Instant.parse("2026-03-31T23:59:59Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");

    @Test
    void readsWhatItWrites() {
        var policy = new Policy(
                new Policy.Transactional(true, false, true),
                new GlobalHoldout(new BigDecimal("2.50"), "s", Rotation.QUARTER),
                List.of(
                        new Budget(Budget.Kind.MONEY, Budget.Per.MONTH, 500_000_000),
                        new Budget(Budget.Kind.MESSAGES, Budget.Per.ALL, 1_000)),
                Map.of(),
                new Policy.Breaker(new BigDecimal("1.5"), 100),
                new Policy.Approval(10_000L));
        var settings = new Settings(null, List.of(), BigDecimal.ZERO, policy);

        var faults = new Faults();
        assertThat(SettingsJson.read(SettingsJson.write(settings), faults)).isEqualTo(settings);
        assertThat(faults.violations()).isEmpty();
    }

    @Test
    void namesEveryFaultWithItsPlace() throws Exception {
        var faults = new Faults();

        SettingsJson.read(new JsonMapper().readTree("""
                {"globalHoldout": {"percent": 0.001, "rotate": "weekly"},
                 "budgets": [{"of": "money", "most": "0.0000001"}, {"of": "messages", "most": 1.5}, {"of": "fame"},
                   {"of": "messages", "most": 1, "per": "day"}, {"of": "messages", "most": 2, "per": "day"}],
                 "costs": {"sms": -1, "fax": 1}, "breaker": {"factor": 0.5}, "approval": {"from": 1}}
                """), faults);

        assertThat(faults.violations())
                .extracting("field")
                .containsExactlyInAnyOrder(
                        "globalHoldout.percent",
                        "globalHoldout.rotate",
                        "budgets[0].most",
                        "budgets[1].most",
                        "budgets[2].of",
                        "budgets[2].most",
                        "budgets",
                        "costs",
                        "breaker.factor",
                        "approval.from");
    }

    @Test
    void aSizeIsTooLargeBeyondBothFactorAndFloor() {
        var breaker = new Policy.Breaker(BigDecimal.TWO, 500);

        assertThat(breaker.most(10)).isEqualTo(500);
        assertThat(breaker.most(2_000)).isEqualTo(4_000);
    }

    @Test
    void leavesTheSameAloneForAQuarterAndOthersInTheNext() {
        var holdout = new GlobalHoldout(BigDecimal.valueOf(20), "", Rotation.QUARTER);

        assertThat(held(holdout, MARCH.minusSeconds(7_000_000))).isEqualTo(held(holdout, MARCH));
        assertThat(held(holdout, APRIL)).isNotEqualTo(held(holdout, MARCH)).hasSizeBetween(1_800, 2_200);
    }

    @Test
    void leavesTheSameAloneForEverWhereNothingRotates() {
        var holdout = new GlobalHoldout(BigDecimal.TWO, "", null);

        assertThat(held(holdout, APRIL)).isEqualTo(held(holdout, MARCH)).hasSizeBetween(140, 260);
    }

    private static List<Long> held(GlobalHoldout holdout, Instant at) {
        return LongStream.range(0, 10_000)
                .filter(customer -> holdout.holdsOut(1, customer, at, ZoneOffset.UTC))
                .boxed()
                .toList();
    }
}
