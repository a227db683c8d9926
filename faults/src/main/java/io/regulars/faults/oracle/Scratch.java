package io.regulars.faults.oracle;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A scorecard by the shipped rules, worked out day by day from the purchases alone: slow, plain, and written without a
/// look at how the service does it.
///
/// @param today counted from 1970-01-01 in the merchant's zone
/// @param cutPoints recency, frequency, monetary; null where the shop has learned none
/// @param cycleDays the shop's purchase cycle; 0 where it has none
record Scratch(SortedMap<Integer, Purchases> days, int today, double[] cutPoints, double cycleDays) {

    /// @param orders of one day
    /// @param amount minor units kept of them
    record Purchases(long orders, long amount) {}

    private static final String[] TIERS = {"new", "ordinary", "senior", "vip", "super-vip"};
    private static final int[] TIER_FROM = {0, 44, 60, 76, 92};
    private static final int[] RECENCY_DAYS = {30, 90, 180, 365};
    private static final int[] RECENCY_POINTS = {20, 16, 12, 8};
    private static final long[] ORDERS_FROM = {1, 2, 4, 8, 12};
    private static final long[] AMOUNT_FROM = {1, 500_00, 2_000_00, 5_000_00, 10_000_00};
    private static final int POINTS_A_BIN = 8;
    private static final int WINDOW = 365;
    private static final int GRACE = 30;
    private static final int OFTEN_WITHIN = 30;
    private static final int OFTEN = 3;
    private static final long[] AMOUNT_CLASSES = {500_00, 10_000_00};
    private static final long[] ORDER_VALUE_CLASSES = {100_00, 500_00};
    private static final int WARNED_WITHIN = 60;

    String tier() {
        return TIERS[rank()];
    }

    /// Up at once; down when the points were too few for thirty days.
    int rank() {
        if (days.isEmpty()) {
            return 0;
        }
        var held = 0;
        var tooFewSince = Integer.MAX_VALUE;
        for (var day = days.firstKey(); day <= today; day++) {
            var earned = earned(day);
            if (earned >= held) {
                held = earned;
                tooFewSince = Integer.MAX_VALUE;
            } else {
                tooFewSince = Math.min(tooFewSince, day);
                if (day >= tooFewSince + GRACE) {
                    held = earned;
                    tooFewSince = Integer.MAX_VALUE;
                }
            }
        }
        return held;
    }

    private int earned(int day) {
        var known = days.headMap(day + 1);
        var inWindow = known.tailMap(day - WINDOW + 1);
        var orders = inWindow.values().stream().mapToLong(Purchases::orders).sum();
        var amount = inWindow.values().stream().mapToLong(Purchases::amount).sum();
        var points = recencyPoints(day - known.lastKey())
                + POINTS_A_BIN * reached(ORDERS_FROM, orders)
                + (orders == 0 ? 0 : POINTS_A_BIN * reached(AMOUNT_FROM, amount));
        var rank = 0;
        while (rank + 1 < TIER_FROM.length && points >= TIER_FROM[rank + 1]) {
            rank++;
        }
        return rank;
    }

    private static int recencyPoints(int quiet) {
        for (var i = 0; i < RECENCY_DAYS.length; i++) {
            if (quiet <= RECENCY_DAYS[i]) {
                return RECENCY_POINTS[i];
            }
        }
        return 0;
    }

    private static int reached(long[] bins, long value) {
        var reached = 0;
        while (reached < bins.length && value >= bins[reached]) {
            reached++;
        }
        return reached;
    }

    /// Orders within the window of the tiers, as a scorecard shows them.
    long frequency() {
        return orders(year());
    }

    /// Minor units kept within it.
    long monetary() {
        return amount(year());
    }

    private SortedMap<Integer, Purchases> year() {
        return days.tailMap(today - WINDOW + 1);
    }

    LocalDate lastOrderDay() {
        return days.isEmpty() ? null : LocalDate.ofEpochDay(days.lastKey());
    }

    /// R F M over all of the history, 1 for good; null for who never bought.
    String group() {
        if (days.isEmpty() || cutPoints == null) {
            return null;
        }
        return bit(today - days.lastKey() < cutPoints[0])
                + bit(orders(days) > cutPoints[1])
                + bit(amount(days) > cutPoints[2]);
    }

    private static String bit(boolean good) {
        return good ? "1" : "0";
    }

    String stage() {
        if (days.isEmpty()) {
            return "prospect";
        }
        var quiet = today - days.lastKey();
        var sleeps = sleeps();
        var lost = 3 * sleeps;
        if (quiet >= lost) {
            return "lost";
        }
        if (quiet >= sleeps) {
            return "sleeping";
        }
        var back = backOn(lost);
        var begun = back == null ? days.firstKey() : back;
        if (LocalDate.ofEpochDay(begun).plusMonths(3).toEpochDay() > today) {
            return back == null ? "new" : "won-back";
        }
        var lately = orders(days.tailMap(today - lost + 1));
        var before = orders(days.subMap(today - 2 * lost + 1, today - lost + 1));
        if (2 * lately >= 3 * before) {
            return "growing";
        }
        return 2 * lately <= before ? "declining" : "mature";
    }

    /// Lives through all days: who has bought nothing for so many is lost, and back with the next order. The day of the
    /// last time, or null.
    private Integer backOn(int lostAfter) {
        Integer back = null;
        var quiet = 0;
        for (var day = days.firstKey(); day <= today; day++) {
            if (days.containsKey(day)) {
                back = quiet >= lostAfter ? day : back;
                quiet = 0;
            }
            quiet++;
        }
        return back;
    }

    private int sleeps() {
        return (int) Math.ceil(Math.max(30, cycleDays));
    }

    /// By how often, for how much and how dear the customer buys; the classes that rest on other facts are left out.
    Map<String, String> classes() {
        var classes = new TreeMap<String, String>();
        var lately = orders(days.tailMap(today - OFTEN_WITHIN + 1));
        classes.put(
                "frequency",
                lately >= OFTEN ? "high" : List.of("never", "one-time", "low").get((int) Math.min(2, orders(days))));
        var year = year();
        if (orders(year) > 0) {
            var amount = amount(year);
            classes.put("amount", List.of("low", "middle", "high").get(reached(AMOUNT_CLASSES, amount)));
            var bins = 0;
            while (bins < ORDER_VALUE_CLASSES.length && amount >= ORDER_VALUE_CLASSES[bins] * orders(year)) {
                bins++;
            }
            classes.put("orderValue", List.of("small", "middle", "large").get(bins));
        }
        return classes;
    }

    /// Of what a customer is warned: orders and amounts that fell to a half, while they still are awake. Whether they
    /// are probably gone is not worked out here.
    Set<String> warning() {
        var signs = new TreeSet<String>();
        if (days.size() < 2 || today - days.lastKey() >= sleeps()) {
            return signs;
        }
        var period = (int) Math.ceil(Math.max(WARNED_WITHIN, 2 * cycleDays));
        var lately = days.tailMap(today - period + 1);
        var before = days.subMap(today - 2 * period + 1, today - period + 1);
        if (orders(before) >= 2) {
            if (2 * orders(lately) <= orders(before)) {
                signs.add("frequency");
            }
            if (amount(before) > 0 && 2 * amount(lately) <= amount(before)) {
                signs.add("amount");
            }
        }
        return signs;
    }

    private static long amount(Map<Integer, Purchases> of) {
        return of.values().stream().mapToLong(Purchases::amount).sum();
    }

    private static long orders(Map<Integer, Purchases> of) {
        return of.values().stream().mapToLong(Purchases::orders).sum();
    }
}
