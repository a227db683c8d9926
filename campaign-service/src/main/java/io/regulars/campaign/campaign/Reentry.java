package io.regulars.campaign.campaign;

import java.time.Duration;

/// Whether a customer who was in a campaign enters it again for another cause.
public sealed interface Reentry {

    Reentry ALWAYS = new EachOccurrence();

    record EachOccurrence() implements Reentry {}

    record Once() implements Reentry {}

    /// @param pause since the customer entered last
    record After(Duration pause) implements Reentry {}
}
