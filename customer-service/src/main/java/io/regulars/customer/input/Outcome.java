package io.regulars.customer.input;

import java.util.Locale;

/// What a write did to one thing.
public enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED,
    REJECTED;

    /// As it stands in JSON.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
