package io.regulars.campaign.decision;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

/// What began a journey.
///
/// @param occurrence as the enrolment names it
/// @param type what happened: `tier`, `order`, `cart`, `interaction`, `event`, `day`, `broadcast` …
/// @param eventId the shop's own, of an order and an event; else ours
/// @param happened the instants that are known of it
@JsonInclude(JsonInclude.Include.NON_NULL)
record Cause(String occurrence, String type, String eventId, List<Happened> happened) {

    /// @param what `happened`, `told`, `ordered`, `called` …
    record Happened(String what, Instant at) {}
}
