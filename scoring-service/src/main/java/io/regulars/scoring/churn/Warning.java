package io.regulars.scoring.churn;

import java.util.Set;

/// That a customer is about to be lost.
///
/// @param signs that hold today, at least one
/// @param since the first day of those without a break on which some sign held and the customer was awake, as the
///     purchases stand now
public record Warning(Set<Sign> signs, int since) {}
