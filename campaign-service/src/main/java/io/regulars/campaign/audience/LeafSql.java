package io.regulars.campaign.audience;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.TextNode;
import io.regulars.campaign.audience.Condition.Leaf;
import io.regulars.campaign.audience.ConditionSql.Aim;

/// One leaf as SQL over the copy under the alias `a`.
final class LeafSql {

    /// A condition of this many tags asks for each of them by the index.
    private static final int TAGS_BY_INDEX = 3;

    private static final String NUMBER_OF = """
            (case when (a.attributes ->> %1$s) ~ '^-{0,1}[0-9]{1,15}([.][0-9]{1,6}){0,1}$'
              then (a.attributes ->> %1$s)::numeric end)""";

    private final Parameters parameters;
    private final DaySql days;
    private final TallySql tallies;
    private final Aim aim;

    LeafSql(Shop shop, Parameters parameters, Aim aim) {
        this.parameters = parameters;
        this.days = new DaySql(shop, parameters);
        this.tallies = new TallySql(parameters, aim);
        this.aim = aim;
    }

    /// @param not asks for those of whom the leaf is not true
    String sql(Leaf leaf, boolean not) {
        Field field = leaf.field();
        if (field.tally() != null) {
            return tallies.sql(leaf, not);
        }
        return switch (field.type()) {
            case SET -> set(leaf, not);
            case PURCHASE -> purchase(leaf, not);
            case CONSENT -> unless(not, consent(leaf));
            case DAY, AGO, YEARLY -> unless(not, days.sql(leaf));
            case MONEY ->
                unless(
                        not,
                        compare(
                                leaf.op(),
                                field.sql(),
                                leaf.values().stream().map(parameters::minor).toList()));
            case ATTRIBUTE -> unless(not, attribute(leaf));
            case NUMBER, TEXT, FLAG -> unless(not, compare(leaf.op(), field.sql(), leaf.values()));
            case COUNT, AMOUNT, BALANCE, SEGMENT ->
                throw new IllegalStateException(field + " is no question to the copy");
        };
    }

    private static String unless(boolean not, String sql) {
        return not ? "(" + sql + " is not true)" : sql;
    }

    private String compare(Op op, String column, List<?> with) {
        return compare(parameters, op, column, with);
    }

    static String compare(Parameters parameters, Op op, String column, List<?> with) {
        return switch (op) {
            case EQ -> "(%s = %s)".formatted(column, parameters.add(with.getFirst()));
            case NE -> "(%s is distinct from %s)".formatted(column, parameters.add(with.getFirst()));
            case LT -> "(%s < %s)".formatted(column, parameters.add(with.getFirst()));
            case LTE -> "(%s <= %s)".formatted(column, parameters.add(with.getFirst()));
            case GT -> "(%s > %s)".formatted(column, parameters.add(with.getFirst()));
            case GTE -> "(%s >= %s)".formatted(column, parameters.add(with.getFirst()));
            case BETWEEN ->
                "(%s between %s and %s)"
                        .formatted(column, parameters.add(with.getFirst()), parameters.add(with.getLast()));
            case IN -> "(%s = any(%s))".formatted(column, parameters.add(with));
            case NOT_IN -> "((%s = any(%s)) is not true)".formatted(column, parameters.add(with));
            case KNOWN -> "(%s is not null)".formatted(column);
            case UNKNOWN -> "(%s is null)".formatted(column);
            default -> throw new IllegalStateException(op + " does not compare");
        };
    }

    private String attribute(Leaf leaf) {
        String name = parameters.add(leaf.key());
        String column =
                ValueReader.compares(leaf.op()) ? NUMBER_OF.formatted(name) : "(a.attributes ->> %s)".formatted(name);
        return compare(leaf.op(), column, leaf.values());
    }

    private String set(Leaf leaf, boolean not) {
        return switch (leaf.field()) {
            case CAMPAIGN_TAGS -> beside(leaf, "customer_tag", not);
            case TAGS -> aim == Aim.SHOP && leaf.op() == Op.HAS ? beside(leaf, "audience_tag", not) : array(leaf, not);
            case RUNNING_OUT -> windows(leaf, not);
            default -> array(leaf, not);
        };
    }

    private String array(Leaf leaf, boolean not) {
        String column = leaf.field().sql();
        String values = parameters.add(leaf.values());
        String byIndex = leaf.field() == Field.TAGS && aim == Aim.SHOP && !not && leaf.op() == Op.HAS_ALL
                ? leaf.values().stream()
                        .limit(TAGS_BY_INDEX)
                        .map(tag -> row("audience_tag", "t.tag", List.of(tag), false) + " and ")
                        .collect(Collectors.joining())
                : "";
        String sql = switch (leaf.op()) {
            case HAS -> "(%s && %s)".formatted(column, values);
            case HAS_ALL -> "(%s%s @> %s)".formatted(byIndex, column, values);
            default -> "(not %s && %s)".formatted(column, values);
        };
        return not ? "(not " + sql + ")" : sql;
    }

    /// Tags that have a row each.
    private String beside(Leaf leaf, String table, boolean not) {
        return switch (leaf.op()) {
            case HAS -> row(table, "t.tag", leaf.values(), not);
            case HAS_NOT -> row(table, "t.tag", leaf.values(), !not);
            default -> each(leaf.values(), not, tag -> row(table, "t.tag", List.of(tag), not));
        };
    }

    private interface OfOne {
        String sql(Object value);
    }

    private static String each(List<Object> values, boolean not, OfOne one) {
        return values.stream().map(one::sql).collect(Collectors.joining(not ? " or " : " and ", "(", ")"));
    }

    private String row(String table, String column, List<?> values, boolean not) {
        return "(%sexists (select from %s t where t.merchant_id = %s and t.customer_id = a.customer_id and %s = any(%s)))"
                .formatted(not ? "not " : "", table, parameters.merchant(), column, parameters.add(values));
    }

    /// Of the repurchase windows that the last score told of: a score follows when one closes.
    private String windows(Leaf leaf, boolean not) {
        List<String> products = new ArrayList<>();
        leaf.values()
                .forEach(product -> products.add("[{\"productCode\":" + TextNode.valueOf((String) product) + "}]"));
        String sql = switch (leaf.op()) {
            case HAS_ALL -> "(a.windows @> all(%s::jsonb[]))".formatted(parameters.add(products));
            case HAS -> "(a.windows @> any(%s::jsonb[]))".formatted(parameters.add(products));
            default -> "(not a.windows @> any(%s::jsonb[]))".formatted(parameters.add(products));
        };
        return not ? "(not " + sql + ")" : sql;
    }

    private static String consent(Leaf leaf) {
        return leaf.values().stream()
                .map(channel -> "(%s is %s true)".formatted(consentGiven(channel), leaf.op() == Op.HAS ? "" : "not"))
                .collect(Collectors.joining(" and ", "(", ")"));
    }

    private static String consentGiven(Object channel) {
        return switch ((String) channel) {
            case "email" -> "a.email_consent";
            case "sms" -> "a.sms_consent";
            case "inbox" -> "coalesce(a.inbox_consent, true)";
            default -> throw new IllegalStateException("no channel " + channel);
        };
    }

    private String purchase(Leaf leaf, boolean not) {
        return switch (leaf.op()) {
            case HAS -> bought(leaf, leaf.values(), not);
            case HAS_NOT -> bought(leaf, leaf.values(), !not);
            default -> each(leaf.values(), not, value -> bought(leaf, List.of(value), not));
        };
    }

    private String bought(Leaf leaf, List<?> values, boolean not) {
        String recent = leaf.within() == null
                ? ""
                : " and p.ordered_at >= " + parameters.add(parameters.now().minus(leaf.within()));
        return "(%sexists (select from purchase p where p.merchant_id = %s and p.customer_id = a.customer_id and %s = any(%s)%s))"
                .formatted(
                        not ? "not " : "", parameters.merchant(), leaf.field().sql(), parameters.add(values), recent);
    }
}
