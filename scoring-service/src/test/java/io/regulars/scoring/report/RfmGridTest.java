package io.regulars.scoring.report;

import io.regulars.scoring.group.Groups.Rfm;
import io.regulars.scoring.report.RfmGrid.Band;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RfmGridTest {

    private final RfmGrid grid = new RfmGrid();

    @Test
    void tenBuyersWhoAllDifferAreTwoInEachClass() {
        for (var i = 1; i <= 10; i++) {
            grid.add(new Rfm(10 * i, i, 100));
        }

        var made = grid.grid(null, null);

        assertThat(made.recency())
                .containsExactly(
                        new Band(1, 90L, 100L, 2),
                        new Band(2, 70L, 80L, 2),
                        new Band(3, 50L, 60L, 2),
                        new Band(4, 30L, 40L, 2),
                        new Band(5, 10L, 20L, 2));
        assertThat(made.frequency()).extracting(Band::customers).containsOnly(2L);
        assertThat(made.cell(5, 1).customers).isEqualTo(2);
        assertThat(made.cell(5, 1).orders).isEqualTo(3);
        assertThat(made.cell(5, 1).sales).isEqualTo(200);
        assertThat(made.cell(5, 5).customers).isZero();
    }

    @Test
    void buyersOfOneValueAreNeverParted() {
        for (var i = 0; i < 7; i++) {
            grid.add(new Rfm(1, 1, 0));
        }
        grid.add(new Rfm(1, 2, 0));
        grid.add(new Rfm(1, 3, 0));
        grid.add(new Rfm(1, 4, 0));

        var frequency = grid.grid(null, null).frequency();

        assertThat(frequency)
                .containsExactly(
                        new Band(1, 1L, 1L, 7),
                        new Band(2, null, null, 0),
                        new Band(3, null, null, 0),
                        new Band(4, 2L, 2L, 1),
                        new Band(5, 3L, 4L, 2));
    }

    @Test
    void edgesSayWhereClassesBegin() {
        for (var days : new int[] {0, 29, 30, 59, 60, 179, 180, 900}) {
            grid.add(new Rfm(days, days / 30, 0));
        }

        var made = grid.grid(new long[] {30, 60, 90, 180}, new long[] {1, 2, 5, 6});

        assertThat(made.recency())
                .containsExactly(
                        new Band(1, 180L, 900L, 2),
                        new Band(2, 179L, 179L, 1),
                        new Band(3, 60L, 60L, 1),
                        new Band(4, 30L, 59L, 2),
                        new Band(5, 0L, 29L, 2));
        assertThat(made.frequency())
                .containsExactly(
                        new Band(1, 0L, 0L, 2),
                        new Band(2, 1L, 1L, 2),
                        new Band(3, 2L, 2L, 1),
                        new Band(4, 5L, 5L, 1),
                        new Band(5, 6L, 30L, 2));
    }

    @Test
    void nobodyIsFiveEmptyClasses() {
        assertThat(grid.grid(null, null).recency()).hasSize(5).allMatch(band -> band.customers() == 0);
    }
}
