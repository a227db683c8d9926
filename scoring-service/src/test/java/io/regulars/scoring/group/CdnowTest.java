package io.regulars.scoring.group;

import java.io.IOException;
import java.util.Map;

import io.regulars.scoring.Cdnow;
import io.regulars.scoring.lifecycle.CycleSample;
import org.junit.jupiter.api.Test;

import static io.regulars.scoring.Purchases.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// The figures published for the CDNOW sample; skipped where the data is not at hand.
class CdnowTest {

    private static final int AS_OF = day("1998-07-01");

    @Test
    void meetsThePublishedGroupsAndMeans() throws IOException {
        var shop = Cdnow.sample();

        var cutPoints = GroupsTest.sample(GroupRules.shipped(), shop, AS_OF).cutPoints();

        assertThat(cutPoints.recencyDays()).isCloseTo(372.5639, within(0.00005));
        assertThat(cutPoints.frequency()).isCloseTo(2.9355, within(0.00005));
        assertThat(cutPoints.monetary()).isCloseTo(10356.04, within(0.005));
        assertThat(GroupsTest.sizes(GroupRules.shipped(), shop, AS_OF))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "111", 465, "110", 189, "101", 29, "100", 160, "011", 40, "010", 52, "001", 59, "000", 1363));
    }

    @Test
    void meetsThePublishedCycles() throws IOException {
        var sample = new CycleSample();

        Cdnow.sample().forEach(history -> sample.add(history, AS_OF));

        assertThat(sample.cycle().pooledDays()).isEqualTo(34);
        assertThat(sample.cycle().customersDays()).isEqualTo(60);
    }
}
