/// What each customer bought and kept, by day: copied from the topics, right after any duplicates and reordering.
package io.regulars.scoring.history;
