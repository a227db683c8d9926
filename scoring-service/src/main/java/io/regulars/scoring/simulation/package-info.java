/// The shop as of any instant or under other rules, computed from the orders; no score changes by it.
package io.regulars.scoring.simulation;
