package io.regulars.scoring.history;

import java.util.Map;
import java.util.Set;

/// Whose facts a batch changed.
///
/// @param customers all of them
/// @param live those of whom some change is not backfill
/// @param purchases the products whose purchases changed
/// @param since the earliest day of each customer on which something was bought, or is not bought any more
public record Touched(Set<Long> customers, Set<Long> live, Set<Purchased> purchases, Map<Long, Integer> since) {

    public static final Touched NOBODY = new Touched(Set.of(), Set.of(), Set.of(), Map.of());

    public record Purchased(long customerId, String productCode) {}
}
