/// PostgreSQL, Kafka and services as processes, for as long as a benchmark takes.
package io.regulars.bench.world;
