package io.regulars.scoring.classes;

import java.util.Map;

import io.regulars.scoring.Purchases;
import io.regulars.scoring.dimension.Facts;
import org.junit.jupiter.api.Test;

import static io.regulars.scoring.Purchases.day;
import static io.regulars.scoring.history.PurchaseHistory.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

class ClassesTest {

    private final Classes classes = new Classes(ClassRules.shipped(), 2);

    private Map<String, String> on(Purchases of, String date) {
        return classes.on(new Facts(of.history()), day(date));
    }

    @Test
    void whoNeverDidAnythingIsSilent() {
        assertThat(on(Purchases.none(), "2026-01-01")).isEqualTo(Map.of("frequency", "never", "interaction", "silent"));
    }

    @Test
    void oneOrderIsOneTimeForEver() {
        var once = Purchases.none().on("2026-01-01", 99_99);

        assertThat(on(once, "2026-01-01"))
                .containsEntry("frequency", "one-time")
                .containsEntry("amount", "low")
                .containsEntry("orderValue", "small");
        assertThat(on(once, "2029-01-01")).isEqualTo(Map.of("frequency", "one-time", "interaction", "silent"));
    }

    @Test
    void threeOrdersInAMonthAreMany() {
        var often = Purchases.none()
                .on("2026-01-01", 4_000_00)
                .on("2026-01-10", 4_000_00)
                .on("2026-01-20", 2_000_00);

        assertThat(on(often, "2026-01-20"))
                .containsEntry("frequency", "high")
                .containsEntry("amount", "high")
                .containsEntry("orderValue", "large");
        assertThat(on(often, "2026-01-30")).containsEntry("frequency", "high");
        assertThat(on(often, "2026-01-31")).containsEntry("frequency", "low");
        assertThat(classes.changesOn(new Facts(often.history()), day("2026-01-20")))
                .isEqualTo(day("2026-01-31"));
    }

    @Test
    void whatACustomerSaysAndDoesAges() {
        var active = Purchases.none().did("2026-01-01", 0, 1, 60).did("2026-01-03", 0, 0, 100);
        var facts = new Facts(active.history());

        assertThat(on(active, "2026-01-01"))
                .containsEntry("interaction", "active")
                .containsEntry("satisfaction", "dissatisfied");
        assertThat(on(active, "2026-01-03")).containsEntry("satisfaction", "satisfied");
        assertThat(on(active, "2026-01-31")).containsEntry("interaction", "occasional");
        assertThat(on(active, "2027-01-01"))
                .containsEntry("interaction", "silent")
                .containsEntry("satisfaction", "very-satisfied");
        assertThat(on(active, "2027-01-03")).doesNotContainKey("satisfaction");
        assertThat(classes.changesOn(facts, day("2026-01-03"))).isEqualTo(day("2026-01-31"));
        assertThat(classes.changesOn(facts, day("2026-01-31"))).isEqualTo(day("2027-01-01"));
        assertThat(classes.changesOn(facts, day("2027-01-03"))).isEqualTo(NEVER);
    }
}
