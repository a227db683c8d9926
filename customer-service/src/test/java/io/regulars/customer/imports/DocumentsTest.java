package io.regulars.customer.imports;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.regulars.customer.order.OrderContent;
import io.regulars.events.OrderChanged.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentsTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void linesOfOneOrderBelongTogetherWhereverTheyStand() {
        var documents = Documents.of(
                List.of(line(2, "o1", "c1", "A", AT), line(3, "o2", "c2", "A", AT), line(4, "o1", "c1", "B", AT)));

        assertThat(documents.formed()).hasSize(2);
        assertThat(documents.formed().getFirst().order().lines())
                .extracting(OrderContent.Line::productCode)
                .containsExactly("A", "B");
    }

    @Test
    void equalLinesAreTwoUnitsSold() {
        var documents = Documents.of(List.of(line(2, "o1", "c1", "A", AT), line(3, "o1", "c1", "A", AT)));

        assertThat(documents.formed().getFirst().order().lines()).hasSize(2);
    }

    @Test
    void anOrderOfTwoTimesWasOrderedAtTheFirst() {
        var documents =
                Documents.of(List.of(line(2, "o1", "c1", "A", AT.plusSeconds(60)), line(3, "o1", "c1", "B", AT)));

        assertThat(documents.formed().getFirst().order().orderedAt()).isEqualTo(AT);
    }

    @Test
    void theResultDoesNotDependOnTheOrderOfReading() {
        var lines = new ArrayList<>(List.of(
                line(2, "o1", "c1", "A", AT),
                line(3, "o1", "c1", "B", AT.plusSeconds(5)),
                line(4, "o1", "c1", "A", AT)));

        var forwards = Documents.of(lines).formed().getFirst().order();
        var backwards = Documents.of(lines.reversed()).formed().getFirst().order();

        assertThat(backwards).isEqualTo(forwards);
    }

    private static StagedLine line(long number, String document, String customer, String product, Instant at) {
        return new StagedLine(
                number,
                document,
                customer,
                false,
                at,
                Status.PAID,
                null,
                product,
                null,
                null,
                1,
                BigDecimal.ONE,
                0,
                100,
                0,
                null,
                false,
                null,
                null,
                null,
                null,
                "China");
    }
}
