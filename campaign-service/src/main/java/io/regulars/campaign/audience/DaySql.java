package io.regulars.campaign.audience;

import java.time.LocalDate;
import java.util.List;

import io.regulars.campaign.audience.Condition.Leaf;

/// What is asked of a day, in the shop's zone.
final class DaySql {

    private static final long LEAP_DAY = 229;

    private final Shop shop;
    private final Parameters parameters;

    DaySql(Shop shop, Parameters parameters) {
        this.shop = shop;
        this.parameters = parameters;
    }

    String sql(Leaf leaf) {
        return switch (leaf.field().type()) {
            case AGO -> ago(leaf);
            case YEARLY -> yearly(leaf);
            default -> leaf.field() == Field.CUSTOMER_SINCE ? since(leaf) : day(leaf);
        };
    }

    private String day(Leaf leaf) {
        return switch (leaf.op()) {
            case WITHIN_DAYS -> "(%s >= %s)".formatted(leaf.field().sql(), parameters.add(daysAgo(first(leaf))));
            case NOT_WITHIN_DAYS -> "(%s < %s)".formatted(leaf.field().sql(), parameters.add(daysAgo(first(leaf))));
            default -> LeafSql.compare(parameters, leaf.op(), leaf.field().sql(), leaf.values());
        };
    }

    /// An instant, compared with where days begin and end in the shop's zone: as a day it would have to be worked
    /// out for each row.
    private String since(Leaf leaf) {
        String column = leaf.field().sql();
        return switch (leaf.op()) {
            case KNOWN, UNKNOWN -> LeafSql.compare(parameters, leaf.op(), column, List.of());
            case WITHIN_DAYS -> "(%s >= %s)".formatted(column, start(daysAgo(first(leaf))));
            case NOT_WITHIN_DAYS -> "(%s < %s)".formatted(column, start(daysAgo(first(leaf))));
            case LT -> "(%s < %s)".formatted(column, start(written(leaf)));
            case GTE -> "(%s >= %s)".formatted(column, start(written(leaf)));
            case LTE -> "(%s < %s)".formatted(column, start(written(leaf).plusDays(1)));
            case GT -> "(%s >= %s)".formatted(column, start(written(leaf).plusDays(1)));
            default ->
                "(%1$s >= %2$s and %1$s < %3$s)"
                        .formatted(
                                column,
                                start(written(leaf)),
                                start(((LocalDate) leaf.values().getLast()).plusDays(1)));
        };
    }

    private String start(LocalDate day) {
        return parameters.add(day.atStartOfDay(shop.zone()).toInstant());
    }

    private static LocalDate written(Leaf leaf) {
        return (LocalDate) leaf.values().getFirst();
    }

    /// Days since a day, the other way round: an index knows days.
    private String ago(Leaf leaf) {
        String column = leaf.field().sql();
        return switch (leaf.op()) {
            case KNOWN, UNKNOWN -> LeafSql.compare(parameters, leaf.op(), column, List.of());
            case EQ -> "(%s = %s)".formatted(column, parameters.add(daysAgo(first(leaf))));
            case LT -> "(%s > %s)".formatted(column, parameters.add(daysAgo(first(leaf))));
            case LTE -> "(%s >= %s)".formatted(column, parameters.add(daysAgo(first(leaf))));
            case GT -> "(%s < %s)".formatted(column, parameters.add(daysAgo(first(leaf))));
            case GTE -> "(%s <= %s)".formatted(column, parameters.add(daysAgo(first(leaf))));
            case BETWEEN ->
                "(%s between %s and %s)"
                        .formatted(
                                column,
                                parameters.add(daysAgo((Long) leaf.values().getLast())),
                                parameters.add(daysAgo(first(leaf))));
            default -> throw new IllegalStateException(leaf.op() + " does not count days");
        };
    }

    /// From today on, as numbers of month and day. 29 February is kept on the 28th of a common year.
    private String yearly(Leaf leaf) {
        String column = leaf.field().sql();
        if (leaf.op() != Op.NEXT_DAYS) {
            return LeafSql.compare(parameters, leaf.op(), column, List.of());
        }
        LocalDate today = today();
        LocalDate last = today.plusDays(first(leaf));
        if (!last.isBefore(today.plusYears(1).minusDays(1))) {
            return LeafSql.compare(parameters, Op.KNOWN, column, List.of());
        }
        long from = number(today);
        long to = !last.isLeapYear() && number(last) == LEAP_DAY - 1 ? LEAP_DAY : number(last);
        return from <= to
                ? "(%s between %s and %s)".formatted(column, parameters.add(from), parameters.add(to))
                : "(%1$s >= %2$s or %1$s <= %3$s)".formatted(column, parameters.add(from), parameters.add(to));
    }

    private static long number(LocalDate day) {
        return day.getMonthValue() * 100L + day.getDayOfMonth();
    }

    private static long first(Leaf leaf) {
        return (Long) leaf.values().getFirst();
    }

    private LocalDate daysAgo(long days) {
        return today().minusDays(days);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(parameters.now(), shop.zone());
    }
}
