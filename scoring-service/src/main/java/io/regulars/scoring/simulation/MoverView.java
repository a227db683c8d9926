package io.regulars.scoring.simulation;

import java.util.Arrays;
import java.util.List;

import io.regulars.scoring.history.Customers;
import io.regulars.scoring.simulation.Movers.Mover;

/// A customer who would have another tier.
///
/// @param from the tier that they had when the simulation was made
public record MoverView(String customerId, String externalId, String from, String to) {

    /// The head of the table.
    static final List<String> COLUMNS = List.of("customerId", "externalId", "from", "to");

    static MoverView from(Mover mover) {
        return new MoverView(Customers.publicId(mover.customerId()), mover.externalId(), mover.from(), mover.to());
    }

    List<?> cells() {
        return Arrays.asList(customerId, externalId, from, to);
    }
}
