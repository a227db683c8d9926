package io.regulars.scoring.report;

import java.util.List;
import java.util.stream.IntStream;

import io.regulars.scoring.report.Cells.Cell;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CellsTest {

    @Test
    void smallGroupsAreToldTogether() {
        assertThat(Cells.large(List.of(new Cell("a", 9), new Cell("b", 4), new Cell("c", 3), new Cell("d", 5))))
                .containsExactly(new Cell("a", 9), new Cell("d", 5), new Cell(null, 7));
    }

    @Test
    void oneSmallGroupIsNotToldBySubtraction() {
        assertThat(Cells.large(List.of(new Cell("a", 9), new Cell("b", 6), new Cell("c", 1))))
                .containsExactly(new Cell("a", 9), new Cell(null, 7));
    }

    @Test
    void whereAllAreTooFewNobodyIsCounted() {
        assertThat(Cells.large(List.of(new Cell("a", 2), new Cell("b", 2)))).isEmpty();
    }

    @Test
    void manyGroupsAreTwentyAndTheOthers() {
        var cells = IntStream.rangeClosed(1, 30)
                .mapToObj(i -> new Cell("c" + i, 100 - i))
                .toList();

        var large = Cells.large(cells);

        assertThat(large).hasSize(21);
        assertThat(large.getLast())
                .isEqualTo(new Cell(
                        null, IntStream.rangeClosed(21, 30).map(i -> 100 - i).sum()));
        assertThat(large.getFirst()).isEqualTo(new Cell("c1", 99));
    }
}
