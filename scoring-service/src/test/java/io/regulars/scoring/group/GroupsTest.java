package io.regulars.scoring.group;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.regulars.scoring.Purchases;
import io.regulars.scoring.history.PurchaseHistory;
import org.junit.jupiter.api.Test;

import static io.regulars.scoring.Purchases.day;
import static org.assertj.core.api.Assertions.assertThat;

class GroupsTest {

    private static final int TODAY = day("2026-07-01");

    /// Eight customers of a made-up shop, one for each group.
    private static final List<PurchaseHistory> SHOP = List.of(
            bought(5, 10, 9_000_00),
            bought(300, 10, 9_000_00),
            bought(6, 1, 8_000_00),
            bought(310, 1, 8_000_00),
            bought(7, 9, 90_00),
            bought(320, 9, 90_00),
            bought(8, 1, 50_00),
            bought(330, 1, 50_00));

    private static PurchaseHistory bought(int daysAgo, int orders, long amount) {
        var days = Purchases.none();
        for (var i = 0; i < orders; i++) {
            days.on(TODAY - daysAgo, i == 0 ? amount : 0, false);
        }
        return days.history();
    }

    @Test
    void splitsTheShopIntoAllEightGroupsAtItsMeans() {
        var sizes = sizes(GroupRules.shipped(), SHOP, TODAY);

        assertThat(sizes).hasSize(8).containsOnlyKeys(Groups.KEYS);
        assertThat(sizes.values()).allMatch(size -> size == 1);
    }

    @Test
    void theMeansAreExact() {
        var cutPoints = sample(GroupRules.shipped(), SHOP, TODAY).cutPoints();

        assertThat(cutPoints.recencyDays()).isEqualTo((5 + 300 + 6 + 310 + 7 + 320 + 8 + 330) / 8.0);
        assertThat(cutPoints.frequency()).isEqualTo(42 / 8.0);
    }

    @Test
    void theMedianLiesBetweenTheTwoInTheMiddle() {
        var median = new GroupRules(GroupRules.Split.median, null, null, Map.of());

        assertThat(sample(median, SHOP, TODAY).cutPoints().recencyDays()).isEqualTo((8 + 300) / 2.0);
    }

    @Test
    void whoStandsExactlyAtTheCutPointIsNotGood() {
        var groups = new Groups(GroupRules.shipped(), new CutPoints(30, 2, 100_00));

        assertThat(groups.key(new Groups.Rfm(30, 2, 100_00))).isEqualTo("000");
        assertThat(groups.key(new Groups.Rfm(29, 3, 100_01))).isEqualTo("111");
    }

    @Test
    void whoNeverBoughtHasNoGroup() {
        var groups = new Groups(GroupRules.shipped(), new CutPoints(30, 2, 100_00));
        var never = Purchases.none().history();

        assertThat(groups.key(Groups.measure(never, GroupRules.shipped(), TODAY)))
                .isNull();
    }

    @Test
    void recencyTurnsOnTheDayThatReachesTheCutPoint() {
        var groups = new Groups(GroupRules.shipped(), new CutPoints(30.5, 2, 100_00));
        var history = Purchases.none().on("2026-01-01", 1_00).history();

        assertThat(groups.changesOn(history, day("2026-01-10"))).isEqualTo(day("2026-01-01") + 31);
    }

    static Map<String, Integer> sizes(GroupRules rules, List<PurchaseHistory> shop, int today) {
        var groups = new Groups(rules, sample(rules, shop, today).cutPoints());
        return shop.stream()
                .map(history -> groups.key(Groups.measure(history, rules, today)))
                .collect(Collectors.toMap(key -> key, key -> 1, Integer::sum));
    }

    static CutPointSample sample(GroupRules rules, List<PurchaseHistory> shop, int today) {
        var sample = new CutPointSample(rules, 2);
        shop.stream()
                .flatMap(history -> Stream.ofNullable(Groups.measure(history, rules, today)))
                .forEach(sample::add);
        return sample;
    }
}
