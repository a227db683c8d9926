package io.regulars.campaign.audience;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.regulars.campaign.audience.Condition.All;
import io.regulars.campaign.audience.Condition.Any;
import io.regulars.campaign.audience.Condition.Leaf;
import io.regulars.campaign.audience.Condition.Not;
import io.regulars.kit.money.Money;
import org.jdbi.v3.core.statement.SqlStatement;

/// A condition as SQL over the copy under the alias `a`, every value a parameter.
public final class ConditionSql {

    private final Shop shop;
    private final Instant now;
    private final Map<String, Object> values = new HashMap<>();
    private final String sql;

    private ConditionSql(Condition condition, Shop shop, Instant now) {
        this.shop = shop;
        this.now = now;
        this.sql = sql(condition);
    }

    /// @param now the instant that `withinDays` and `within` are seen from, in the shop's zone
    public static ConditionSql of(Condition condition, Shop shop, Instant now) {
        return new ConditionSql(condition, shop, now);
    }

    /// A boolean expression; null, of a customer of whom too little is known, means no.
    public String sql() {
        return sql;
    }

    public <S extends SqlStatement<S>> S bind(S statement) {
        values.forEach((name, value) -> {
            switch (value) {
                case List<?> list when list.getFirst() instanceof Long -> statement.bindArray(name, Long.class, list);
                case List<?> list -> statement.bindArray(name, String.class, list);
                default -> statement.bind(name, value);
            }
        });
        return statement;
    }

    private String sql(Condition condition) {
        return switch (condition) {
            case All(var parts) when parts.isEmpty() -> "true";
            case All(var parts) -> joined(parts, " and ");
            case Any(var parts) -> joined(parts, " or ");
            case Not(var part) -> "(" + sql(part) + " is not true)";
            case Leaf leaf -> leaf(leaf);
        };
    }

    private String joined(List<Condition> parts, String word) {
        return parts.stream().map(this::sql).collect(Collectors.joining(word, "(", ")"));
    }

    private String leaf(Leaf leaf) {
        return switch (leaf.field().type()) {
            case SET -> set(leaf);
            case CONSENT -> consent(leaf);
            case PURCHASE -> purchase(leaf);
            case DAY -> day(leaf);
            case MONEY -> compare(leaf, leaf.field().sql(), minor(leaf.values()));
            case NUMBER -> compare(leaf, leaf.field().sql(), leaf.values());
            case TEXT ->
                compare(
                        leaf,
                        leaf.field() == Field.ATTRIBUTE
                                ? "(a.attributes ->> " + parameter(leaf.key()) + ")"
                                : leaf.field().sql(),
                        leaf.values());
        };
    }

    private String compare(Leaf leaf, String column, List<?> with) {
        return switch (leaf.op()) {
            case EQ -> "(%s = %s)".formatted(column, parameter(with.getFirst()));
            case NE -> "(%s is distinct from %s)".formatted(column, parameter(with.getFirst()));
            case LT -> "(%s < %s)".formatted(column, parameter(with.getFirst()));
            case LTE -> "(%s <= %s)".formatted(column, parameter(with.getFirst()));
            case GT -> "(%s > %s)".formatted(column, parameter(with.getFirst()));
            case GTE -> "(%s >= %s)".formatted(column, parameter(with.getFirst()));
            case BETWEEN ->
                "(%s between %s and %s)".formatted(column, parameter(with.getFirst()), parameter(with.getLast()));
            case IN -> "(%s = any(%s))".formatted(column, parameter(with));
            case NOT_IN -> "((%s = any(%s)) is not true)".formatted(column, parameter(with));
            case KNOWN -> "(%s is not null)".formatted(column);
            case UNKNOWN -> "(%s is null)".formatted(column);
            default -> throw new IllegalStateException(leaf.op() + " does not compare");
        };
    }

    private String day(Leaf leaf) {
        String column = leaf.field().sql();
        if (column.contains(":zone")) {
            values.put("zone", shop.zone().getId());
        }
        return switch (leaf.op()) {
            case WITHIN_DAYS -> "(%s >= %s)".formatted(column, parameter(daysAgo(leaf)));
            case NOT_WITHIN_DAYS -> "(%s < %s)".formatted(column, parameter(daysAgo(leaf)));
            default -> compare(leaf, column, leaf.values());
        };
    }

    private LocalDate daysAgo(Leaf leaf) {
        return LocalDate.ofInstant(now, shop.zone())
                .minusDays((Long) leaf.values().getFirst());
    }

    private String set(Leaf leaf) {
        String column = leaf.field().sql();
        return switch (leaf.op()) {
            case HAS -> "(%s && %s)".formatted(column, parameter(leaf.values()));
            case HAS_ALL -> "(%s @> %s)".formatted(column, parameter(leaf.values()));
            default -> "(not %s && %s)".formatted(column, parameter(leaf.values()));
        };
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

    private String purchase(Leaf leaf) {
        String recent = leaf.within() == null ? "" : " and p.ordered_at >= " + parameter(now.minus(leaf.within()));
        return "(%s exists (select from purchase p where p.merchant_id = a.merchant_id and p.customer_id = a.customer_id and %s = any(%s)%s))"
                .formatted(leaf.op() == Op.HAS ? "" : "not", leaf.field().sql(), parameter(leaf.values()), recent);
    }

    /// An amount finer than the currency is rounded to what the currency has.
    private List<Long> minor(List<Object> amounts) {
        int digits = Money.digits(shop.currency());
        return amounts.stream()
                .map(amount -> ((BigDecimal) amount).setScale(digits, RoundingMode.HALF_UP))
                .map(amount -> Money.minor(amount, shop.currency()))
                .toList();
    }

    private String parameter(Object value) {
        String name = "c" + values.size();
        values.put(name, value);
        return value instanceof List<?> list && list.getFirst() instanceof String
                ? ":" + name + "::text[]"
                : ":" + name;
    }
}
