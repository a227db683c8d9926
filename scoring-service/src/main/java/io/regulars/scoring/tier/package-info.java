/// The ladder of tiers: points for recency, frequency and monetary value; up at once, down after a grace period.
package io.regulars.scoring.tier;
