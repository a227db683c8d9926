/// The scoring model: rules as data with versions, and the plain code that turns facts and an instant into a
/// scorecard.
package io.regulars.scoring.model;
