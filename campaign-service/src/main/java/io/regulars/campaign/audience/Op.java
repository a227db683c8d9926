package io.regulars.campaign.audience;

import java.util.Arrays;
import java.util.Optional;

/// How a field is compared.
public enum Op {
    EQ("eq"),
    NE("ne"),
    IN("in"),
    NOT_IN("notIn"),
    LT("lt"),
    LTE("lte"),
    GT("gt"),
    GTE("gte"),
    BETWEEN("between"),
    KNOWN("known"),
    UNKNOWN("unknown"),
    HAS("has"),
    HAS_ALL("hasAll"),
    HAS_NOT("hasNot"),
    WITHIN_DAYS("withinDays"),
    NOT_WITHIN_DAYS("notWithinDays");

    private final String json;

    Op(String json) {
        this.json = json;
    }

    public String json() {
        return json;
    }

    static Optional<Op> named(String json) {
        return Arrays.stream(values()).filter(op -> op.json.equals(json)).findFirst();
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
