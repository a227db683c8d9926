package io.regulars.scoring.group;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.regulars.scoring.Cdnow;
import io.regulars.scoring.OnlineRetail;
import io.regulars.scoring.history.PurchaseHistory;
import org.junit.jupiter.api.Test;

import static io.regulars.scoring.Purchases.day;
import static org.assertj.core.api.Assertions.assertThat;

/// The ten segments of two real shops, as a few lines of Python work them out from the same files by the usual
/// convention: recency and monetary value cut at their quintiles, each closed above, frequency by the rank of first
/// appearance. Skipped where the data is not at hand.
class QuintilesTest {

    private static final GroupRules RULES = new GroupRules(GroupRules.Split.quintiles, null, null, null);

    private record Sizes(
            Map<String, Integer> segments, Map<Integer, Integer> recency, Map<Integer, Integer> monetary) {}

    @Test
    void meetsTheSegmentsOfTheMusicShop() throws IOException {
        var sizes = sizes(Cdnow.sample(), day("1998-07-01"));

        assertThat(sizes.segments())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "champions", 449,
                        "loyal", 470,
                        "potential-loyalists", 107,
                        "need-attention", 297,
                        "about-to-sleep", 97,
                        "cannot-lose", 3,
                        "at-risk", 88,
                        "hibernating", 846));
        assertThat(sizes.recency()).isEqualTo(Map.of(1, 459, 2, 478, 3, 475, 4, 471, 5, 474));
        assertThat(sizes.monetary()).isEqualTo(Map.of(1, 481, 2, 462, 3, 472, 4, 470, 5, 472));
    }

    @Test
    void meetsTheSegmentsOfTheGiftShop() throws IOException {
        var sizes = sizes(OnlineRetail.customers(), day("2011-12-10"));

        assertThat(sizes.segments())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "champions", 658,
                        "loyal", 829,
                        "potential-loyalists", 587,
                        "need-attention", 201,
                        "about-to-sleep", 336,
                        "cannot-lose", 61,
                        "at-risk", 551,
                        "hibernating", 1115));
        assertThat(sizes.recency()).isEqualTo(Map.of(1, 861, 2, 866, 3, 863, 4, 880, 5, 868));
        assertThat(sizes.monetary()).isEqualTo(Map.of(1, 868, 2, 867, 3, 868, 4, 867, 5, 868));
    }

    /// Customers are numbered in the order in which the file names them first.
    private static Sizes sizes(List<PurchaseHistory> shop, int today) {
        var sample = new QuintileSample(RULES);
        for (var i = 0; i < shop.size(); i++) {
            sample.add(Groups.measure(shop.get(i), RULES, today), i);
        }
        var groups = new Groups(RULES, null, sample.limits());
        var sizes = new Sizes(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (var i = 0; i < shop.size(); i++) {
            var rfm = Groups.measure(shop.get(i), RULES, today);
            var scores = groups.scores(rfm, i);
            sizes.segments().merge(groups.key(rfm, i), 1, Integer::sum);
            sizes.recency().merge(scores.recency(), 1, Integer::sum);
            sizes.monetary().merge(scores.monetary(), 1, Integer::sum);
        }
        return sizes;
    }
}
