package io.regulars.scoring.history;

import java.util.Set;

/// Whose facts a batch changed.
///
/// @param customers all of them
/// @param live those of whom some change is not backfill
/// @param purchases the products whose purchases changed
public record Touched(Set<Long> customers, Set<Long> live, Set<Purchased> purchases) {

    public static final Touched NOBODY = new Touched(Set.of(), Set.of(), Set.of());

    public record Purchased(long customerId, String productCode) {}
}
