package io.regulars.customer.order;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.regulars.customer.input.Checks;
import io.regulars.events.OrderChanged.Status;

/// An order's status as it stands in JSON and in files: `paid`, `part_refunded` …
public final class Statuses {

    private static final List<String> WORDS =
            Arrays.stream(Status.values()).map(Statuses::word).toList();

    private Statuses() {}

    public static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /// Paid where nothing is said.
    public static Status checked(Checks checks, String field, String value) {
        String word = checks.oneOf(field, value == null ? null : value.replace('-', '_'), WORDS);
        return word == null ? Status.PAID : Status.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
