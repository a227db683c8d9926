package io.regulars.campaign.guardrail;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import io.regulars.campaign.guardrail.Budget.Kind;
import io.regulars.campaign.guardrail.Budget.Per;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PurseTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Instant EVENING = Instant.parse("2026-02-28T12:00:00Z");
    private static final Purse.Key MONTHLY_MONEY = new Purse.Key(1, 0, Kind.MONEY, Per.MONTH);
    private static final Purse.Key DAILY_MESSAGES = new Purse.Key(1, 7, Kind.MESSAGES, Per.DAY);

    @Test
    void holdsUntilTheNextPeriodWhatWouldGoBeyond() {
        var purse = purse(new Purse.Row(MONTHLY_MONEY, 100_000, LocalDate.of(2026, 2, 1), 60_000, SHANGHAI));

        assertThat(purse.empty(1, 7, true, 40_000)).isEmpty();
        assertThat(purse.empty(1, 7, true, 40_001)).hasValueSatisfying(hold -> {
            assertThat(hold.until()).isEqualTo("2026-02-28T16:00:00Z");
            assertThat(hold.reason()).isEqualTo("budget: the shop's 0.10 per month is used up");
        });
    }

    @Test
    void takesFromEveryBudgetThatAMessageDrawsOn() {
        var purse = purse(
                new Purse.Row(MONTHLY_MONEY, 100_000, LocalDate.of(2026, 2, 1), 0, SHANGHAI),
                new Purse.Row(DAILY_MESSAGES, 2, LocalDate.of(2026, 2, 28), 0, SHANGHAI));

        var charges = purse.take(1, 7, true, 45_000);

        assertThat(Charges.read(1, Charges.write(charges))).containsExactlyElementsOf(charges);
        assertThat(purse.rows()).extracting(row -> row.used).containsExactly(45_000L, 1L);
    }

    @Test
    void spendsNothingOfTheMarketingsOnNotices() {
        var purse = purse(new Purse.Row(MONTHLY_MONEY, 0, LocalDate.of(2026, 2, 1), 0, SHANGHAI));

        assertThat(purse.empty(1, 7, false, 45_000)).isEmpty();
        assertThat(purse.empty(1, 7, true, 45_000)).isPresent();
        assertThat(purse.empty(2, 7, true, 45_000)).isEmpty();
    }

    @Test
    void beginsAnewWithThePeriod() {
        var purse = purse(new Purse.Row(DAILY_MESSAGES, 2, LocalDate.of(2026, 2, 27), 2, SHANGHAI));

        assertThat(purse.empty(1, 7, true, 0)).isEmpty();
    }

    @Test
    void aSlowClockBringsNoPeriodBack() {
        var purse = purse(new Purse.Row(DAILY_MESSAGES, 2, LocalDate.of(2026, 3, 1), 2, SHANGHAI));

        assertThat(purse.empty(1, 7, true, 0))
                .hasValueSatisfying(hold -> assertThat(hold.until()).isEqualTo("2026-03-01T16:00:00Z"));
    }

    @Test
    void whatCostsNothingGoesWhateverIsLeftOfTheMoney() {
        var purse = purse(new Purse.Row(MONTHLY_MONEY, 10, LocalDate.of(2026, 2, 1), 20, SHANGHAI));

        assertThat(purse.empty(1, 7, true, 0)).isEmpty();
    }

    @Test
    void boundsWhatIsOutInCouponsAndTakesBackWhatIsNot() {
        var key = new Purse.Key(1, 7, Kind.COUPONS, Per.ALL);
        var purse = purse(new Purse.Row(key, 25_000_000, LocalDate.EPOCH, 10_000_000, SHANGHAI));

        var charges = purse.take(1, 7, true, 10_000_000);

        assertThat(purse.hasRoom(1, 7, true, 10_000_000)).isFalse();
        assertThat(purse.reached()).isEmpty();
        assertThat(purse.empty(1, 7, true, 10_000_000))
                .hasValueSatisfying(hold -> assertThat(hold.reason())
                        .isEqualTo("budget: the campaign's 25.00 of coupons that are out is used up"));
        purse.putBack(charges);
        assertThat(purse.hasRoom(1, 7, true, 10_000_000)).isTrue();
        purse.counted(key, 25_000_000);
        assertThat(purse.hasRoom(1, 7, true, 1)).isFalse();
    }

    private static Purse purse(Purse.Row... rows) {
        return new Purse(List.of(rows), EVENING);
    }
}
