package io.regulars.scoring.group;

/// Where a shop splits recency, frequency and monetary value.
///
/// @param recencyDays good is below
/// @param frequency orders; good is above
/// @param monetary minor units; good is above
public record CutPoints(double recencyDays, double frequency, double monetary) {}
