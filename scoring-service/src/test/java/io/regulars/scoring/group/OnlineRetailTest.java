package io.regulars.scoring.group;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

import io.regulars.scoring.OnlineRetail;
import org.junit.jupiter.api.Test;

import static io.regulars.scoring.Purchases.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// The figures of the Online Retail shop the day after its last order, as a few lines of Python work them out
/// from the same file (F counts orders, each dimension is split at the mean); skipped where the data is not at
/// hand.
class OnlineRetailTest {

    private static final int AS_OF = day("2011-12-10");

    @Test
    void meetsTheGroupsAndMeansOfTheShop() throws IOException {
        var shop = OnlineRetail.customers();

        var cutPoints = GroupsTest.sample(GroupRules.shipped(), shop, AS_OF).cutPoints();

        assertThat(shop).hasSize(4338);
        assertThat(shop.stream()
                        .flatMapToInt(one -> Arrays.stream(one.orders()))
                        .sum())
                .isEqualTo(18_532);
        assertThat(shop.stream()
                        .flatMapToLong(one -> Arrays.stream(one.amounts()))
                        .sum())
                .isEqualTo(8_911_407_904L);
        assertThat(cutPoints.recencyDays()).isCloseTo(93.05947441, within(5e-9));
        assertThat(cutPoints.frequency()).isCloseTo(4.27201475, within(5e-9));
        assertThat(cutPoints.monetary()).isCloseTo(2_054_266.46, within(0.005));
        assertThat(GroupsTest.sizes(GroupRules.shipped(), shop, AS_OF))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "111", 689, "110", 358, "101", 117, "100", 1750, "011", 27, "010", 40, "001", 38, "000", 1319));
    }
}
