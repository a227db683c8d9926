package io.regulars.faults.mutation;

import java.util.List;

/// What every service does alike: once, in order, apart.
final class KitGuards {

    static final List<Guard> ALL = List.of(
            kit(
                    "request-once",
                    "idempotency/IdempotencyKeys.java",
                    "where known.created_at < :expired",
                    "where known.created_at < :expired or true",
                    "a POST that is repeated with its key is done twice",
                    "ServiceEdgeTest#doesTheSameRequestOnce"),
            kit(
                    "request-key-of-one-body",
                    "idempotency/IdempotencyKeys.java",
                    "if (!known.operation().equals(operation) || !MessageDigest.isEqual(known.bodyHash(), hash)) {",
                    "if (!known.operation().equals(operation)) {",
                    "another request with a used key gets a stranger's answer",
                    "ServiceEdgeTest#doesTheSameRequestOnce"),
            kit(
                    "request-key-of-one-merchant",
                    "idempotency/IdempotentInterceptor.java",
                    "int owner = merchant.find().orElse(0);",
                    "int owner = 0;",
                    "two merchants that use the same key get each other's answers",
                    "OnceTest#theSameKeyOfAnotherMerchantTellsNothing"),
            kit(
                    "request-and-key-in-one-transaction",
                    "idempotency/IdempotentInterceptor.java",
                    "keys.claim(owner, keeping.key(), operation, hash).ifPresent(",
                    "QuarkusTransaction.requiringNew().call(() -> keys.claim(owner, keeping.key(), operation, hash)).ifPresent(",
                    "a request that failed can never be tried again with its key",
                    "ServiceEdgeTest#aFailedRequestMayBeTriedAgainWithItsKey"),
            kit(
                    "wall-confines-requests",
                    "sql/MerchantWall.java",
                    "execute(connection, CONFINE.formatted(merchant.getAsInt()));",
                    "execute(connection, \"select 1\");",
                    "a query that forgets its merchant shows all merchants' rows",
                    "ServiceEdgeTest#theDatabaseItselfKeepsMerchantsApart"),
            kit(
                    "wall-released",
                    "sql/MerchantWall.java",
                    "execute(connection, RELEASE);",
                    "execute(connection, \"select 1\");",
                    "background work runs confined to the merchant of an earlier request",
                    "ServiceEdgeTest#aReturnedConnectionIsTheOwnersAgain"),
            kit(
                    "outbox-waits-for-kafka",
                    "outbox/EventProducer.java",
                    "acknowledgement.get();",
                    "if (acknowledgement.isCancelled()) {\n acknowledgement.get();\n }",
                    "an event that Kafka did not take is deleted from the outbox",
                    "OutboxTest#keepsWhatKafkaDoesNotTake"),
            kit(
                    "outbox-deletes-what-was-sent",
                    "outbox/OutboxRelay.java",
                    "delete from outbox where id = any(:ids::bigint[])",
                    "delete from outbox where id = any(:ids::bigint[]) and id < 0",
                    "every event is sent for ever",
                    "ServiceEdgeTest#publishesWithTheTransaction"),
            kit(
                    "outbox-one-relay",
                    "outbox/OutboxRelay.java",
                    "select pg_try_advisory_xact_lock(:lock)",
                    "select :lock is not null",
                    "two replicas send at once, and a customer's events overtake each other",
                    "OutboxTest#waitsWhileAnotherReplicaRelays"),
            kit(
                    "outbox-in-order",
                    "outbox/OutboxRelay.java",
                    "from outbox order by id limit :batch",
                    "from outbox order by id desc limit :batch",
                    "a customer's events come in another order than their changes",
                    "OutboxTest#sendsInTheOrderOfTheChanges"),
            kit(
                    "batch-keeps-the-newest",
                    "consume/EventConsumer.java",
                    "if (held == null || held.event().version() < event.version()) {",
                    "if (held == null || held.event().version() < event.version() || true) {",
                    "an old version that comes again in the same batch wins over the new one",
                    "ConsumingTest#takesTheNewestOfABatchWhateverTheirOrder"),
            kit(
                    "database-away-is-no-poison",
                    "consume/EventConsumer.java",
                    "if (stopping || !Failures.mayPass(e)) {",
                    "if (true) {",
                    "events that come while the database is away are set aside, and lost to this service",
                    "DatabaseAwayTest#whatComesMeanwhileIsAppliedAfterwards"),
            kit(
                    "poison-kept",
                    "consume/EventConsumer.java",
                    "bury(one.origin(), poison);",
                    "",
                    "a record that nobody could apply is gone without a trace",
                    "ConsumingTest#keepsPoisonWithItsReason"),
            kit(
                    "unreadable-kept",
                    "consume/EventConsumer.java",
                    "bury(origin, e);",
                    "",
                    "a record that nobody could read is gone without a trace",
                    "ConsumingTest#keepsWhatItCannotReadWithItsReason"));

    private KitGuards() {}

    private static Guard kit(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "service-kit", file, text, without, why, test);
    }
}
