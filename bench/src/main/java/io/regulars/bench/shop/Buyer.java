package io.regulars.bench.shop;

import java.util.List;

/// A customer with all that was bought, the earliest first.
///
/// @param number from 1
public record Buyer(long number, List<Purchase> purchases) {

    public Buyer {
        purchases = List.copyOf(purchases);
    }

    /// The merchant's own id.
    public String externalId() {
        return externalId(number);
    }

    public static String externalId(long number) {
        return "C" + number;
    }
}
