package io.regulars.scoring.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

import io.regulars.scoring.group.Groups.Rfm;

/// A shop's buyers, five by five: by how long ago they last bought, and by how often they bought. Class 5 is the
/// best of each. What is kept while they pass by grows with the different pairs of days and orders, not with the
/// buyers.
final class RfmGrid {

    static final int CLASSES = 5;

    private final Map<Point, Tally> points = new HashMap<>();

    private record Point(int recencyDays, long frequency) {}

    /// Customers of one cell, with their orders and the minor units that they kept of them.
    static final class Tally {
        long customers;
        long orders;
        long sales;

        private void add(long moreCustomers, long moreOrders, long moreSales) {
            customers += moreCustomers;
            orders += moreOrders;
            sales = Math.addExact(sales, moreSales);
        }
    }

    /// @param least the smallest value that a buyer of the class has, null where there is none; `most` the
    ///     greatest
    record Band(int no, Long least, Long most, long customers) {}

    /// @param recency the classes in days since the last purchase, `frequency` in orders; both from the worst
    record Grid(List<Band> recency, List<Band> frequency, Map<Integer, Map<Integer, Tally>> cells) {

        Tally cell(int recencyClass, int frequencyClass) {
            return cells.getOrDefault(recencyClass, Map.of()).getOrDefault(frequencyClass, new Tally());
        }
    }

    void add(Rfm rfm) {
        points.computeIfAbsent(new Point(rfm.recencyDays(), rfm.frequency()), any -> new Tally())
                .add(1, rfm.frequency(), rfm.monetary());
    }

    /// @param recencyEdges four days in rising order, or null for fifths of the buyers; `frequencyEdges` in orders
    Grid grid(long[] recencyEdges, long[] frequencyEdges) {
        // fewer days are better: turned round, they rise with how good they are
        var daysAgo = new TreeMap<Long, Long>();
        var orders = new TreeMap<Long, Long>();
        points.forEach((point, tally) -> {
            daysAgo.merge(-(long) point.recencyDays(), tally.customers, Long::sum);
            orders.merge(point.frequency(), tally.customers, Long::sum);
        });
        var recency = recencyEdges == null
                ? fifths(daysAgo)
                : edges(daysAgo, turned -> CLASSES - atOrAbove(recencyEdges, -turned));
        var frequency =
                frequencyEdges == null ? fifths(orders) : edges(orders, value -> 1L + atOrAbove(frequencyEdges, value));
        var cells = new HashMap<Integer, Map<Integer, Tally>>();
        points.forEach((point, tally) -> cells.computeIfAbsent(
                        recency.get(-(long) point.recencyDays()), any -> new HashMap<>())
                .computeIfAbsent(frequency.get(point.frequency()), any -> new Tally())
                .add(tally.customers, tally.orders, tally.sales));
        return new Grid(classes(recency, daysAgo, -1), classes(frequency, orders, 1), cells);
    }

    /// The class of each value by how many are worse: buyers of one value are never parted, and go where the first
    /// of them would.
    private static Map<Long, Integer> fifths(TreeMap<Long, Long> counts) {
        var all = counts.values().stream().mapToLong(Long::longValue).sum();
        var classes = new HashMap<Long, Integer>();
        var worse = 0L;
        for (var value : counts.entrySet()) {
            classes.put(value.getKey(), 1 + (int) (CLASSES * worse / all));
            worse += value.getValue();
        }
        return classes;
    }

    private static Map<Long, Integer> edges(TreeMap<Long, Long> counts, LongUnaryOperator of) {
        var classes = new HashMap<Long, Integer>();
        counts.keySet().forEach(value -> classes.put(value, (int) of.applyAsLong(value)));
        return classes;
    }

    private static int atOrAbove(long[] edges, long value) {
        var passed = 0;
        while (passed < edges.length && edges[passed] <= value) {
            passed++;
        }
        return passed;
    }

    private static List<Band> classes(Map<Long, Integer> of, TreeMap<Long, Long> counts, int sign) {
        var classes = new ArrayList<Band>();
        for (var no = 1; no <= CLASSES; no++) {
            var own = new TreeMap<Long, Long>();
            for (var value : counts.entrySet()) {
                if (of.get(value.getKey()) == no) {
                    own.put(sign * value.getKey(), value.getValue());
                }
            }
            classes.add(new Band(
                    no,
                    own.isEmpty() ? null : own.firstKey(),
                    own.isEmpty() ? null : own.lastKey(),
                    own.values().stream().mapToLong(Long::longValue).sum()));
        }
        return classes;
    }
}
