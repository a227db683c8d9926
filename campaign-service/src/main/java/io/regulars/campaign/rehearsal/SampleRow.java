package io.regulars.campaign.rehearsal;

import java.time.Instant;

/// A message that is shown, without its text: that is written for each reader anew.
///
/// @param context of its enrolment, as JSON
record SampleRow(long customerId, int place, int step, String occurrence, Instant goesAt, String context) {}
