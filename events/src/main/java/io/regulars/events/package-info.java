/// What the services say to each other: one record a topic, the topics' names and partitioning, and their JSON.
///
/// A *state* event carries the whole state of one thing and that thing's version; a consumer applies it only where the
/// version is newer than what it holds, so that redelivery and reordering change nothing. A *fact* carries a unique id
/// and is inserted once. Amounts are minor units of the currency beside them; instants are UTC; changes are additive.
package io.regulars.events;
