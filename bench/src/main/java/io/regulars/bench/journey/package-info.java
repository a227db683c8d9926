/// From an order that is posted to the message that it causes: how long it takes, and what a burst does to it.
package io.regulars.bench.journey;
