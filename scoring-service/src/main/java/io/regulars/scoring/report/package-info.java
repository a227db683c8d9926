/// The shop at a glance and over time: tiers, groups and stages, the RFM grid, personas, cohorts, paths and
/// losses.
package io.regulars.scoring.report;
