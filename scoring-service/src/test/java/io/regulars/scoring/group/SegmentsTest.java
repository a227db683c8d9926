package io.regulars.scoring.group;

import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SegmentsTest {

    @Test
    void tenSegmentsShareTheGridOfScores() {
        var cells = new TreeMap<String, Integer>();
        for (var recency = 1; recency <= 5; recency++) {
            for (var frequency = 1; frequency <= 5; frequency++) {
                cells.merge(Segments.key(recency, frequency), 1, Integer::sum);
            }
        }

        assertThat(cells)
                .containsOnlyKeys(Segments.KEYS)
                .containsEntry("hibernating", 4)
                .containsEntry("at-risk", 4)
                .containsEntry("cannot-lose", 2)
                .containsEntry("about-to-sleep", 2)
                .containsEntry("need-attention", 1)
                .containsEntry("loyal", 4)
                .containsEntry("promising", 1)
                .containsEntry("new", 1)
                .containsEntry("potential-loyalists", 4)
                .containsEntry("champions", 2);
    }

    @Test
    void theCornersAreWhatTheirNamesSay() {
        assertThat(Segments.key(5, 5)).isEqualTo("champions");
        assertThat(Segments.key(5, 1)).isEqualTo("new");
        assertThat(Segments.key(1, 5)).isEqualTo("cannot-lose");
        assertThat(Segments.key(1, 1)).isEqualTo("hibernating");
        assertThat(Segments.key(4, 4)).isEqualTo("loyal");
    }
}
