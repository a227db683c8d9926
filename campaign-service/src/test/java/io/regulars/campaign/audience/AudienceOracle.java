package io.regulars.campaign.audience;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.regulars.campaign.audience.Condition.All;
import io.regulars.campaign.audience.Condition.Any;
import io.regulars.campaign.audience.Condition.Leaf;
import io.regulars.campaign.audience.Condition.Not;

/// What conditions mean, in plain code that knows no SQL. Amounts are of a currency with two decimals.
record AudienceOracle(Instant now, ZoneId zone, Map<Long, Condition> segments) {

    private static final List<String> CONSENTS = List.of("email", "sms", "inbox");

    boolean picks(Condition condition, Person person) {
        return switch (condition) {
            case All(var parts) -> parts.stream().allMatch(part -> picks(part, person));
            case Any(var parts) -> parts.stream().anyMatch(part -> picks(part, person));
            case Not(var part) -> !picks(part, person);
            case Leaf leaf -> picks(leaf, person);
        };
    }

    private boolean picks(Leaf leaf, Person one) {
        List<Object> values = leaf.values();
        return switch (leaf.field()) {
            case TIER_RANK -> compared(leaf, number(one.tierRank()));
            case FREQUENCY -> compared(leaf, number(one.frequency()));
            case MONETARY -> compared(leaf, money(one.monetary()));
            case AVERAGE_ORDER_VALUE ->
                compared(leaf, one.frequency() == 0 ? null : money(one.monetary() / one.frequency()));
            case BIRTHDAY_MONTH ->
                compared(
                        leaf,
                        one.birthday() == null
                                ? null
                                : number((long) one.birthday().getMonthValue()));
            case CHURN_WARNING -> values.getFirst().equals(one.churnStep() > 0);
            case LAST_ORDER_DAY -> day(leaf, one.lastOrderDay());
            case CUSTOMER_SINCE -> day(leaf, one.since() == null ? null : LocalDate.ofInstant(one.since(), zone));
            case DAYS_SINCE_ORDER ->
                compared(
                        leaf,
                        one.lastOrderDay() == null
                                ? null
                                : number(ChronoUnit.DAYS.between(one.lastOrderDay(), today())));
            case BIRTHDAY -> birthday(leaf, one.birthday());
            case TAGS -> set(leaf, one.tags());
            case CAMPAIGN_TAGS -> set(leaf, one.campaignTags());
            case INTERESTS -> set(leaf, one.interests());
            case RUNNING_OUT -> set(leaf, one.windows());
            case CONSENT -> values.stream().allMatch(channel -> consents(one, channel) == (leaf.op() == Op.HAS));
            case BOUGHT -> set(leaf, lines(leaf, one).map(Person.Line::product).toList());
            case BOUGHT_CATEGORY ->
                set(leaf, lines(leaf, one).map(Person.Line::category).toList());
            case ORDERS -> counted(leaf, kept(leaf, one).count());
            case PURCHASE_DAYS ->
                counted(
                        leaf,
                        kept(leaf, one)
                                .map(order -> LocalDate.ofInstant(order.at(), zone))
                                .distinct()
                                .count());
            case SPENT ->
                compared(
                        leaf,
                        money(kept(leaf, one).mapToLong(Person.Order::kept).sum()));
            case BOUGHT_ORDERS ->
                counted(
                        leaf,
                        one.orders().stream()
                                .filter(order -> since(leaf, order.at()))
                                .filter(order -> order.lines().stream().anyMatch(line -> goods(leaf, line)))
                                .count());
            case BOUGHT_UNITS ->
                counted(leaf, lines(leaf, one).mapToLong(Person.Line::units).sum());
            case BOUGHT_AMOUNT ->
                compared(
                        leaf,
                        money(lines(leaf, one).mapToLong(Person.Line::amount).sum()));
            case CATEGORIES ->
                counted(
                        leaf,
                        lines(leaf, one)
                                .map(Person.Line::category)
                                .filter(Objects::nonNull)
                                .distinct()
                                .count());
            case INTERACTIONS ->
                counted(
                        leaf,
                        one.acts().stream()
                                .filter(act -> since(leaf, act.at()) && only(leaf, Qualifier.KIND, act.kind()))
                                .count());
            case MESSAGES_SENT -> counted(leaf, contacts(leaf, one, 1));
            case MESSAGES_DELIVERED -> counted(leaf, contacts(leaf, one, 2));
            case MESSAGES_OPENED -> counted(leaf, contacts(leaf, one, 3));
            case MESSAGES_CLICKED -> counted(leaf, contacts(leaf, one, 4));
            case MESSAGES_BOUNCED -> counted(leaf, contacts(leaf, one, 5));
            case COUPONS_HELD -> counted(leaf, coupons(leaf, one, this::valid));
            case COUPONS_REDEEMED ->
                counted(
                        leaf,
                        coupons(leaf, one, coupon -> coupon.redeemedAt() != null && since(leaf, coupon.redeemedAt())));
            case COUPONS_EXPIRING ->
                counted(leaf, coupons(leaf, one, coupon -> valid(coupon) && soon(leaf, coupon.validUntil())));
            case POINTS -> compared(leaf, number(one.points() == null ? 0 : one.points()));
            case POINTS_EXPIRING ->
                counted(
                        leaf,
                        one.lots().stream()
                                .filter(lot -> soon(leaf, lot.expiresAt()))
                                .mapToLong(Person.Lot::points)
                                .sum());
            case SEGMENT ->
                values.stream().anyMatch(id -> picks(segments.get((Long) id), one)) == (leaf.op() == Op.HAS);
            case ATTRIBUTE -> attribute(leaf, one.attributes().get(leaf.key()));
            default -> equal(leaf, one.texts().get(leaf.field()));
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }

    private static BigDecimal number(Long value) {
        return value == null ? null : BigDecimal.valueOf(value);
    }

    private static BigDecimal money(long minor) {
        return BigDecimal.valueOf(minor, 2);
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof Long number ? BigDecimal.valueOf(number) : (BigDecimal) value;
    }

    private static boolean compared(Leaf leaf, BigDecimal value) {
        List<BigDecimal> with =
                leaf.values().stream().map(AudienceOracle::decimal).toList();
        return switch (leaf.op()) {
            case KNOWN -> value != null;
            case UNKNOWN -> value == null;
            case NE -> value == null || value.compareTo(with.getFirst()) != 0;
            case NOT_IN -> value == null || with.stream().noneMatch(other -> value.compareTo(other) == 0);
            default -> value != null && orders(leaf.op(), value, with);
        };
    }

    private static <T extends Comparable<? super T>> boolean orders(Op op, T value, List<? extends T> with) {
        int order = value.compareTo(with.getFirst());
        return switch (op) {
            case EQ -> order == 0;
            case LT -> order < 0;
            case LTE -> order <= 0;
            case GT -> order > 0;
            case GTE -> order >= 0;
            case BETWEEN -> order >= 0 && value.compareTo(with.getLast()) <= 0;
            case IN -> with.stream().anyMatch(other -> value.compareTo(other) == 0);
            default -> throw new IllegalStateException(op.toString());
        };
    }

    private static boolean equal(Leaf leaf, String value) {
        return switch (leaf.op()) {
            case EQ, IN -> leaf.values().contains(String.valueOf(value)) && value != null;
            case NE, NOT_IN -> value == null || !leaf.values().contains(value);
            case KNOWN -> value != null;
            case UNKNOWN -> value == null;
            default -> throw new IllegalStateException(leaf.op().toString());
        };
    }

    private static boolean attribute(Leaf leaf, String value) {
        if (!ValueReader.compares(leaf.op())) {
            return equal(leaf, value);
        }
        boolean plain = value != null && value.matches("-?\\d{1,15}(\\.\\d{1,6})?");
        return plain && compared(leaf, new BigDecimal(value));
    }

    private boolean day(Leaf leaf, LocalDate day) {
        return switch (leaf.op()) {
            case KNOWN -> day != null;
            case UNKNOWN -> day == null;
            case WITHIN_DAYS -> day != null && !day.isBefore(daysAgo(leaf));
            case NOT_WITHIN_DAYS -> day != null && day.isBefore(daysAgo(leaf));
            default ->
                day != null
                        && orders(
                                leaf.op(),
                                day.toEpochDay(),
                                leaf.values().stream()
                                        .map(LocalDate.class::cast)
                                        .map(LocalDate::toEpochDay)
                                        .toList());
        };
    }

    private LocalDate daysAgo(Leaf leaf) {
        return today().minusDays((Long) leaf.values().getFirst());
    }

    /// `withYear` takes 29 February to the 28th of a common year.
    private boolean birthday(Leaf leaf, LocalDate birthday) {
        return switch (leaf.op()) {
            case KNOWN -> birthday != null;
            case UNKNOWN -> birthday == null;
            default ->
                birthday != null
                        && today().datesUntil(
                                        today().plusDays((Long) leaf.values().getFirst() + 1))
                                .anyMatch(day -> day.equals(birthday.withYear(day.getYear())));
        };
    }

    private static boolean set(Leaf leaf, Collection<String> held) {
        return switch (leaf.op()) {
            case HAS -> leaf.values().stream().anyMatch(held::contains);
            case HAS_ALL -> leaf.values().stream().allMatch(held::contains);
            default -> leaf.values().stream().noneMatch(held::contains);
        };
    }

    private static boolean consents(Person one, Object channel) {
        return switch (CONSENTS.indexOf(channel)) {
            case 0 -> Boolean.TRUE.equals(one.email());
            case 1 -> Boolean.TRUE.equals(one.sms());
            default -> !Boolean.FALSE.equals(one.inbox());
        };
    }

    private boolean since(Leaf leaf, Instant at) {
        return leaf.within() == null || !at.isBefore(now.minus(leaf.within()));
    }

    private boolean soon(Leaf leaf, Instant at) {
        return at != null && at.isAfter(now) && !at.isAfter(now.plus(leaf.within()));
    }

    private Stream<Person.Order> kept(Leaf leaf, Person one) {
        return one.orders().stream().filter(order -> order.kept() != null && since(leaf, order.at()));
    }

    private Stream<Person.Line> lines(Leaf leaf, Person one) {
        return one.orders().stream()
                .filter(order -> since(leaf, order.at()))
                .flatMap(order -> order.lines().stream())
                .filter(line -> goods(leaf, line));
    }

    private static boolean goods(Leaf leaf, Person.Line line) {
        return only(leaf, Qualifier.PRODUCT, line.product()) && only(leaf, Qualifier.CATEGORY, line.category());
    }

    private static boolean only(Leaf leaf, Qualifier qualifier, Object value) {
        List<Object> asked = leaf.only().get(qualifier);
        return asked == null || value != null && asked.contains(value);
    }

    private static boolean counted(Leaf leaf, long count) {
        return switch (leaf.op()) {
            case HAS -> count > 0;
            case HAS_NOT -> count == 0;
            default -> compared(leaf, number(count));
        };
    }

    private long contacts(Leaf leaf, Person one, int kind) {
        return one.contacts().stream()
                .filter(contact -> contact.kind() == kind && since(leaf, contact.at()))
                .filter(contact -> only(leaf, Qualifier.CHANNEL, contact.channel()))
                .filter(contact -> only(leaf, Qualifier.CAMPAIGN, contact.campaign()))
                .count();
    }

    private boolean valid(Person.Coupon coupon) {
        return coupon.redeemedAt() == null
                && (coupon.validUntil() == null || coupon.validUntil().isAfter(now));
    }

    private static long coupons(Leaf leaf, Person one, Predicate<Person.Coupon> which) {
        return one.coupons().stream()
                .filter(which)
                .filter(coupon -> only(leaf, Qualifier.COUPON, coupon.coupon()))
                .count();
    }
}
