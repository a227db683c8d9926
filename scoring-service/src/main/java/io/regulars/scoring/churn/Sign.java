package io.regulars.scoring.churn;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a warning can rest on, in the words of events and requests.
public enum Sign {
    /// Orders became fewer.
    frequency,
    /// What was kept of them became less.
    amount,
    /// The probability that the customer is still one became small.
    alive;

    /// Several as one text, for a column and as the key of a step: `frequency+alive`.
    public static String joined(Set<Sign> signs) {
        return signs.stream().map(Sign::name).collect(Collectors.joining("+"));
    }

    public static Set<Sign> split(String joined) {
        var signs = EnumSet.noneOf(Sign.class);
        Stream.of(joined.split("\\+")).map(Sign::valueOf).forEach(signs::add);
        return signs;
    }
}
