package io.regulars.campaign.audience;

import java.time.Instant;
import java.util.List;

import io.regulars.campaign.audience.Condition.Leaf;
import io.regulars.campaign.audience.ConditionSql.Aim;

/// What is counted of rows beside the copy, compared with a number. A customer without rows has 0 of it.
final class TallySql {

    private final Parameters parameters;
    private final Aim aim;

    TallySql(Parameters parameters, Aim aim) {
        this.parameters = parameters;
        this.aim = aim;
    }

    String sql(Leaf leaf, boolean not) {
        Tally tally = leaf.field().tally();
        if (leaf.op() == Op.HAS || leaf.op() == Op.HAS_NOT) {
            return exists(rows(tally, leaf), leaf.op() == Op.HAS_NOT ^ not);
        }
        List<Long> values = leaf.values().stream()
                .map(value -> value instanceof Long number ? number : parameters.minor(value))
                .toList();
        boolean holdsOfNone = holds(leaf.op(), values, 0);
        if (tally.oneRow()) {
            String one = compare(tally.measure(), leaf.op(), values);
            return exists(rows(tally, leaf) + " and " + (holdsOfNone ? "not " + one : one), holdsOfNone ^ not);
        }
        if (tally.countsRows() && holdsOfNone != holds(leaf.op(), values, 1) && sameFromOneOn(leaf.op(), values)) {
            return exists(rows(tally, leaf), holdsOfNone ^ not);
        }
        String measure = parameters.named(tally.measure());
        if (aim == Aim.SOME) {
            String of = "coalesce((select %s %s), 0)".formatted(measure, rows(tally, leaf));
            return (not ? "(not %s)" : "%s").formatted(compare(of, leaf.op(), values));
        }
        String having = compare(measure, leaf.op(), values);
        return exists(
                "from (select t.customer_id %s group by t.customer_id having %s%s) g where g.customer_id = a.customer_id"
                        .formatted(all(tally, leaf), holdsOfNone ? "not " : "", having),
                holdsOfNone ^ not);
    }

    private static String exists(String from, boolean not) {
        return "(" + (not ? "not " : "") + "exists (select " + from + "))";
    }

    private String rows(Tally tally, Leaf leaf) {
        return all(tally, leaf) + " and t.customer_id = a.customer_id";
    }

    private String all(Tally tally, Leaf leaf) {
        var rows = new StringBuilder("from %s t where t.merchant_id = %s and %s"
                .formatted(tally.table(), parameters.merchant(), parameters.named(tally.which())));
        leaf.only()
                .forEach((qualifier, values) -> rows.append(" and %s = any(%s)"
                        .formatted(tally.qualifiers().get(qualifier), parameters.add(coded(qualifier, values)))));
        if (leaf.within() != null) {
            Instant edge = tally.window() == Tally.Window.COMING
                    ? parameters.now().plus(leaf.within())
                    : parameters.now().minus(leaf.within());
            rows.append(
                    tally.window() == Tally.Window.COMING
                            ? parameters.named(
                                    " and %1$s > :now and %1$s <= %2$s".formatted(tally.at(), parameters.add(edge)))
                            : " and %s >= %s".formatted(tally.at(), parameters.add(edge)));
        }
        return rows.toString();
    }

    private static List<Object> coded(Qualifier qualifier, List<Object> values) {
        return qualifier == Qualifier.CHANNEL
                ? values.stream()
                        .<Object>map(value -> Contacts.code((String) value))
                        .toList()
                : values;
    }

    private String compare(String column, Op op, List<Long> with) {
        String first = parameters.add(with.getFirst());
        return switch (op) {
            case EQ -> "(%s = %s)".formatted(column, first);
            case LT -> "(%s < %s)".formatted(column, first);
            case LTE -> "(%s <= %s)".formatted(column, first);
            case GT -> "(%s > %s)".formatted(column, first);
            case GTE -> "(%s >= %s)".formatted(column, first);
            case BETWEEN -> "(%s between %s and %s)".formatted(column, first, parameters.add(with.getLast()));
            default -> throw new IllegalStateException(op + " does not compare");
        };
    }

    private static boolean holds(Op op, List<Long> values, long number) {
        long first = values.getFirst();
        return switch (op) {
            case EQ -> number == first;
            case LT -> number < first;
            case LTE -> number <= first;
            case GT -> number > first;
            case GTE -> number >= first;
            case BETWEEN -> number >= first && number <= values.getLast();
            default -> throw new IllegalStateException(op + " does not compare");
        };
    }

    /// Whether what holds of 1 holds of every greater number.
    private static boolean sameFromOneOn(Op op, List<Long> values) {
        return switch (op) {
            case EQ -> values.getFirst() == 0;
            case BETWEEN -> false;
            default -> true;
        };
    }
}
