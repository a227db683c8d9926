/// Scoring: hands out facts, lets the model decide, writes and publishes what changed; on events, on time, on
/// demand.
package io.regulars.scoring.score;
