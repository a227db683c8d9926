package io.regulars.scoring.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Groups of customers by what their record says, made so that no group is small: of one woman in a town whose
/// town and tier a table names, the table tells everything else too, and tables are passed on.
final class Cells {

    /// Customers of a group that is told apart.
    static final int LEAST = 5;

    private static final int MOST = 20;

    private Cells() {}

    /// @param value null for several values together
    record Cell(String value, long customers) {}

    /// The largest groups, then all others together. Where the others are too few, the next larger joins them,
    /// since their number could be had by subtraction; where they all are, nobody is counted.
    ///
    /// @param cells those whose value is null have been put together already
    static List<Cell> large(List<Cell> cells) {
        var apart = new ArrayList<Cell>();
        var others = 0L;
        for (var cell : cells.stream()
                .sorted(Comparator.comparingLong(Cell::customers)
                        .reversed()
                        .thenComparing(Cell::value, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList()) {
            if (cell.value() != null && cell.customers() >= LEAST && apart.size() < MOST) {
                apart.add(cell);
            } else {
                others += cell.customers();
            }
        }
        while (others > 0 && others < LEAST && !apart.isEmpty()) {
            others += apart.removeLast().customers();
        }
        if (others >= LEAST) {
            apart.add(new Cell(null, others));
        }
        return apart;
    }
}
