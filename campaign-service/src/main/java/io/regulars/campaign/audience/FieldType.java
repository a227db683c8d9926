package io.regulars.campaign.audience;

import java.util.EnumSet;
import java.util.Set;

/// Decides which operators make sense for a field, and what their values are.
enum FieldType {
    TEXT(EnumSet.of(Op.EQ, Op.NE, Op.IN, Op.NOT_IN, Op.KNOWN, Op.UNKNOWN)),
    /// A text of the merchant's own; compared by size where it is the text of a number.
    ATTRIBUTE(
            EnumSet.of(Op.EQ, Op.NE, Op.IN, Op.NOT_IN, Op.LT, Op.LTE, Op.GT, Op.GTE, Op.BETWEEN, Op.KNOWN, Op.UNKNOWN)),
    NUMBER(EnumSet.of(Op.EQ, Op.NE, Op.IN, Op.NOT_IN, Op.LT, Op.LTE, Op.GT, Op.GTE, Op.BETWEEN, Op.KNOWN, Op.UNKNOWN)),
    MONEY(EnumSet.of(Op.EQ, Op.NE, Op.LT, Op.LTE, Op.GT, Op.GTE, Op.BETWEEN)),
    DAY(EnumSet.of(
            Op.EQ, Op.LT, Op.LTE, Op.GT, Op.GTE, Op.BETWEEN, Op.WITHIN_DAYS, Op.NOT_WITHIN_DAYS, Op.KNOWN, Op.UNKNOWN)),
    /// A day of each year.
    YEARLY(EnumSet.of(Op.NEXT_DAYS, Op.KNOWN, Op.UNKNOWN)),
    /// Days since something: 0 for today.
    AGO(EnumSet.of(Op.EQ, Op.LT, Op.LTE, Op.GT, Op.GTE, Op.BETWEEN, Op.KNOWN, Op.UNKNOWN)),
    FLAG(EnumSet.of(Op.EQ)),
    SET(EnumSet.of(Op.HAS, Op.HAS_ALL, Op.HAS_NOT)),
    CONSENT(EnumSet.of(Op.HAS, Op.HAS_NOT)),
    PURCHASE(EnumSet.of(Op.HAS, Op.HAS_ALL, Op.HAS_NOT)),
    /// How many of something: `has` is at least one and `hasNot` none, both without a value.
    COUNT(EnumSet.of(Op.HAS, Op.HAS_NOT, Op.EQ, Op.LT, Op.LTE, Op.GT, Op.GTE, Op.BETWEEN)),
    /// How much of something, as money.
    AMOUNT(EnumSet.of(Op.LT, Op.LTE, Op.GT, Op.GTE, Op.BETWEEN)),
    /// A number that nobody is without: nothing is 0.
    BALANCE(EnumSet.of(Op.EQ, Op.LT, Op.LTE, Op.GT, Op.GTE, Op.BETWEEN)),
    SEGMENT(EnumSet.of(Op.HAS, Op.HAS_NOT));

    private final Set<Op> ops;

    FieldType(Set<Op> ops) {
        this.ops = ops;
    }

    Set<Op> ops() {
        return ops;
    }

    /// As [Op#arity].
    int arity(Op op) {
        return this == COUNT && op.arity() == -1 ? 0 : op.arity();
    }
}
