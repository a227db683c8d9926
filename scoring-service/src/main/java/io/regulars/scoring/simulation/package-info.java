/// The shop as of any instant or under other rules, computed from the orders and written nowhere.
package io.regulars.scoring.simulation;
