/// The shop at a glance: sizes and sales of tiers, groups and stages, and its purchase cycles.
package io.regulars.scoring.report;
