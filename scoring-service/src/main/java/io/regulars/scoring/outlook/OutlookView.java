package io.regulars.scoring.outlook;

import java.time.Instant;
import java.util.List;

import io.regulars.scoring.forecast.ForecastView;

/// What is to be expected of a customer.
///
/// @param products that run out, the soonest first
public record OutlookView(String customerId, Instant asOf, List<ForecastView> products, LifetimeView lifetime) {}
