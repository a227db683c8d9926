package io.regulars.campaign.audience;

import java.util.Arrays;
import java.util.Optional;

/// How a field is compared. Where a word holds `%s`, the values stand there.
public enum Op {
    EQ("eq", "是 %s", "is %s"),
    NE("ne", "不是 %s", "is not %s"),
    IN("in", "是 %s 之一", "is one of %s"),
    NOT_IN("notIn", "不是 %s 之一", "is none of %s"),
    LT("lt", "小于 %s", "is less than %s"),
    LTE("lte", "不超过 %s", "is at most %s"),
    GT("gt", "大于 %s", "is more than %s"),
    GTE("gte", "至少 %s", "is at least %s"),
    BETWEEN("between", "在 %s 之间", "is between %s"),
    KNOWN("known", "已知", "is known"),
    UNKNOWN("unknown", "未知", "is not known"),
    HAS("has", "有 %s", "has %s"),
    HAS_ALL("hasAll", "同时有 %s", "has all of %s"),
    HAS_NOT("hasNot", "没有 %s", "has not %s"),
    WITHIN_DAYS("withinDays", "在最近 %s 天内", "in the last %s days"),
    NOT_WITHIN_DAYS("notWithinDays", "在 %s 天以前", "more than %s days ago"),
    NEXT_DAYS("nextDays", "在未来 %s 天内", "in the next %s days");

    private final String json;
    private final Words words;

    Op(String json, String zh, String en) {
        this.json = json;
        this.words = new Words(zh, en);
    }

    public String json() {
        return json;
    }

    Words words() {
        return words;
    }

    static Optional<Op> named(String json) {
        return Arrays.stream(values()).filter(op -> op.json.equals(json)).findFirst();
    }

    boolean countsDays() {
        return this == WITHIN_DAYS || this == NOT_WITHIN_DAYS || this == NEXT_DAYS;
    }

    /// How many values it takes: none, exactly so many, or one and more (-1).
    int arity() {
        return switch (this) {
            case KNOWN, UNKNOWN -> 0;
            case BETWEEN -> 2;
            case IN, NOT_IN, HAS, HAS_ALL, HAS_NOT -> -1;
            default -> 1;
        };
    }
}
