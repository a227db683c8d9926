/// How fast events come from an outbox to Kafka, what that costs, and how soon after its commit each is there.
package io.regulars.bench.relay;
