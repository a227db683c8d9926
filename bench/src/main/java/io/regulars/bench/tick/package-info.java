/// What time costs: ticks at which nothing is due, and many timers that are due at once.
package io.regulars.bench.tick;
