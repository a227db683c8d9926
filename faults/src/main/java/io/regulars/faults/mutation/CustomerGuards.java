package io.regulars.faults.mutation;

import java.util.List;

/// The record: each thing once, the later word stands, nobody writes over another.
final class CustomerGuards {

    static final List<Guard> ALL = List.of(
            customer(
                    "customer-once",
                    "profile/CustomerTable.java",
                    " order by external_id on conflict (merchant_id, external_id) do nothing returning customer_id",
                    " order by external_id returning customer_id",
                    "of two that tell of a new customer at once one fails",
                    "ConcurrentWritesTest#manyWritersOfTheSameThingsMakeEachOfThemOnce"),
            customer(
                    "product-once",
                    "product/ProductTable.java",
                    " order by code on conflict (merchant_id, code) do nothing returning code",
                    " order by code returning code",
                    "of two that tell of a new product at once one fails",
                    "ConcurrentWritesTest#manyWritersOfTheSameThingsMakeEachOfThemOnce"),
            customer(
                    "interaction-once",
                    "interaction/InteractionTable.java",
                    "order by external_id on conflict (merchant_id, external_id) do nothing returning interaction_id",
                    "order by external_id returning interaction_id",
                    "a fact that is told again is refused",
                    "InteractionsTest#aFactIsRecordedOnceAndNeverChanges"),
            customer(
                    "interaction-never-changes",
                    "interaction/Interactions.java",
                    "return said.tellsTheSameAs(standing)",
                    "return said.externalId().equals(standing.externalId())",
                    "a fact that is told differently is answered as if it were kept so",
                    "InteractionsTest#aFactIsRecordedOnceAndNeverChanges"),
            customer(
                    "orders-of-a-customer-in-turn",
                    "order/OrderTable.java",
                    "order by customer_id for no key update",
                    "order by customer_id",
                    "two that tell of the same new order at once both make it",
                    "ConcurrentWritesTest#manyWritersOfTheSameThingsMakeEachOfThemOnce"),
            customer(
                    "order-later-state-stands",
                    "order/OrderBatch.java",
                    "if (!Precedence.replaces(said, standing)) {",
                    "if (standing == null) {",
                    "an older state that comes late undoes the newer one",
                    "OrdersTest#statesThatComeOutOfOrderEndRight"),
            customer(
                    "order-same-is-no-change",
                    "order/OrderBatch.java",
                    "if (content.equals(standing.content())) {",
                    "if (standing == null) {",
                    "an order that is told again counts as updated",
                    "OrdersTest#aBatchAnswersForEach"),
            customer(
                    "order-stays-with-its-customer",
                    "order/OrderBatch.java",
                    "if (standing.customerId() != placed.customerId()) {\n            return Outcome.REJECTED;\n        }\n        if (!Precedence",
                    "if (!Precedence",
                    "an order of one customer is changed by who names another",
                    "OrdersTest#anOrderCannotMoveToAnotherCustomer"),
            customer(
                    "order-versions-grow",
                    "order/OrderBatch.java",
                    "order.changed(order.version() + 1, backfill, now)",
                    "order.changed(order.version(), backfill, now)",
                    "readers take a change for what they have already",
                    "PublishingTest#everyChangeIsPublishedOnceWithItsVersionAndNothingElseIs"),
            customer(
                    "withdrawal-stands",
                    "consent/Consents.java",
                    "now == null || (now.granted() && !answer.granted())",
                    "now == null || now.granted() != answer.granted()",
                    "an old copy of a profile gives back a consent that was withdrawn",
                    "ConsentsTest#aProfileSentAgainDoesNotUndoAWithdrawal"),
            customer(
                    "latest-word-on-consent",
                    "consent/Consents.java",
                    "(answer.at().isAfter(now.at())",
                    "(answer.at() != null",
                    "an older word on consent that comes late stands",
                    "ConsentsTest#theLatestWordStands"),
            customer(
                    "consents-in-turn",
                    "profile/CustomerTable.java",
                    "where merchant_id = :merchant and customer_id = :customer\n            for no key update",
                    "where merchant_id = :merchant and customer_id = :customer",
                    "of two withdrawals at once one is lost",
                    "ConcurrentWritesTest#answersOnAllChannelsAtOnceAllStand"),
            customer(
                    "consent-versions-grow",
                    "profile/Customers.java",
                    "standing.version() + 1",
                    "standing.version()",
                    "campaigns take a withdrawal for what they have already",
                    "UnsubscribeTest#oneClickWithdrawsConsentOnTheChannelAndPublishesIt"),
            customer(
                    "import-fenced",
                    "imports/ImportRun.java",
                    ".filter(locked -> locked.runningBy(replica))",
                    "",
                    "a replica that lost its import goes on writing it",
                    "ResumedImportTest#aReplicaThatLostItsClaimWritesNothing"),
            customer(
                    "import-claim-heeded",
                    "imports/ImportTable.java",
                    "where state in ('queued', 'running') and claimed_until < clock_timestamp()",
                    "where state in ('queued', 'running')",
                    "an import is taken from a replica that works on it",
                    "ResumedImportTest#aReplicaAtWorkKeepsItsImport"),
            customer(
                    "import-goes-on-where-it-was",
                    "imports/Staging.java",
                    "and (customer, document) > (:customer, :document)",
                    "and (customer, document) > (:customer, '') and :document is not null",
                    "documents that a dead replica wrote are written and counted again",
                    "ResumedImportTest#anImportGoesOnWhereADeadReplicaLeftIt"),
            customer(
                    "import-knows-its-merchants-customers",
                    "profile/CustomerTable.java",
                    "where merchant_id = :merchant and external_id = any(:externalIds)\n            order by customer_id",
                    "where external_id = any(:externalIds)\n            order by customer_id",
                    "an import, which no wall confines, takes another merchant's customer for its own",
                    "ImportsTest#theSameIdsOfTwoMerchantsAreDifferentPeople"),
            customer(
                    "import-knows-its-merchants-orders",
                    "order/OrderTable.java",
                    "from customer_order o\n              where o.merchant_id = :merchant and",
                    "from customer_order o\n              where",
                    "an import, which no wall confines, takes another merchant's order for its own",
                    "ImportsTest#theSameIdsOfTwoMerchantsAreDifferentPeople"),
            customer(
                    "password-guesses-bounded",
                    "access/FailedLogins.java",
                    "where f.blocked_until <= :now",
                    "where f.blocked_until <= :now or true",
                    "a password can be guessed as fast as one can ask",
                    "TokensTest#guessingAPasswordIsSlowedDownAndTheRightOneMustWaitToo"));

    private CustomerGuards() {}

    private static Guard customer(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "customer-service", file, text, without, why, test);
    }
}
