/// PostgreSQL, Kafka, a mailbox and an SMS gateway to run against: in tests, started once for a JVM, and in local runs.
package io.regulars.embedded;
