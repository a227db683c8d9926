package io.regulars.faults.mutation;

import java.util.List;

/// Facts by version, steps by number, work by claim.
final class ScoringGuards {

    static final List<Guard> ALL = List.of(
            scoring(
                    "order-versions",
                    "history/OrderRows.java",
                    "where o.version < excluded.version",
                    "where true",
                    "an order that comes again in its old state takes back the new one",
                    "OldNewsTest#anOlderOrderChangesNothing"),
            scoring(
                    "customer-versions",
                    "history/Customers.java",
                    "where h.customer_version < excluded.customer_version",
                    "where true",
                    "a customer that comes again as it was takes back what it became",
                    "OldNewsTest#anOlderCustomerChangesNothing"),
            scoring(
                    "product-versions",
                    "forecast/Products.java",
                    "where p.version < excluded.version",
                    "where true",
                    "a product that comes again as it was moves everybody's forecasts",
                    "OldNewsTest#anOlderProductChangesNothing"),
            scoring(
                    "what-is-given-back-is-not-needed-again",
                    "forecast/Forecasts.java",
                    "rows.delete(shop.merchantId(), gone);",
                    "",
                    "a product that was given back is still reminded of",
                    "ForecastsAsOrdersComeTest#theyEqualThoseMadeFromScratch"),
            scoring(
                    "merchant-versions",
                    "history/Shops.java",
                    "where merchant_id = :merchant and version < :version",
                    "where merchant_id = :merchant",
                    "settings that come again as they were make all histories anew, in the wrong zone",
                    "OldNewsTest#anOlderMerchantChangesNothing"),
            scoring(
                    "interaction-recorded-once",
                    "history/Interactions.java",
                    ":at::text[]::timestamptz[], :ratings::int[])\n            on conflict do nothing",
                    ":at::text[]::timestamptz[], :ratings::int[])",
                    "an interaction that comes again lies in the dead-letter topic",
                    "OldNewsTest#anInteractionCountsOnce"),
            scoring(
                    "engagement-recorded-once",
                    "history/Interactions.java",
                    ":at::text[]::timestamptz[])\n            on conflict do nothing",
                    ":at::text[]::timestamptz[])",
                    "an engagement that comes again lies in the dead-letter topic",
                    "OldNewsTest#anEngagementCountsOnce"),
            scoring(
                    "history-in-turn",
                    "history/HistoryRows.java",
                    "order by customer_id for update",
                    "order by customer_id",
                    "of two orders of a customer at once one is not counted",
                    "ReplicasTest#countBothOrdersThatComeAtOnce"),
            scoring(
                    "scores-in-turn",
                    "score/ScoreRows.java",
                    "order by customer_id for update",
                    "order by customer_id",
                    "two that score a customer at once give the same number to different steps",
                    "ReplicasTest#scoreACustomerInTurn"),
            scoring(
                    "reviews-claimed",
                    "score/Reviews.java",
                    "for update of h skip locked",
                    "",
                    "replicas wait for each other's customers instead of sharing the work",
                    "ReplicasTest#passOverWhomAnotherReviews"),
            scoring(
                    "steps-numbered",
                    "score/StoredScore.java",
                    "tierNow.equals(tier) ? tierSeq : tierSeq + 1,",
                    "tierNow.equals(tier) ? tierSeq : Math.max(1, tierSeq),",
                    "two tier changes bear one number, and the second is told to nobody",
                    "ScoringSimulatorTest#scoresTheSameHoweverItIsBroughtAbout"),
            scoring(
                    "never-taken-back",
                    "score/Candidate.java",
                    "return ahead ? scoredAt : now;",
                    "return now;",
                    "a replica with a slower clock wakes who fell asleep, and they are told twice",
                    "ScoringSimulatorTest#scoresTheSameHoweverItIsBroughtAbout"),
            scoring(
                    "recompute-is-backfill",
                    "score/Candidate.java",
                    "cause.live().contains(row.history().customerId())",
                    "row.history().customerId() > 0",
                    "a recompute writes to all whose tier it corrects",
                    "CandidateTest#isNotToldOfWhatARecomputeCorrects"),
            scoring(
                    "loaded-history-is-backfill",
                    "history/OrderBook.java",
                    "!event.backfill()",
                    "event.version() > 0",
                    "loading old orders writes to everybody",
                    "EventsBecomeScoresTest#loadedHistoryIsToldAsSuch"),
            scoring(
                    "same-score-is-not-told",
                    "score/Rescore.java",
                    ".filter(Candidate::published)",
                    "",
                    "a recompute publishes what has not changed",
                    "WholeShopTest#aRecomputeComesToTheSameFiguresAndTellsNobodyAnything"),
            scoring(
                    "same-score-is-not-written",
                    "score/ScoreRows.java",
                    ".filter(one -> !one.after().rowSame(one.before()))",
                    "",
                    "a recompute writes all scores again, changed or not",
                    "WholeShopTest#aRecomputeWritesNoScoreAgainThatIsTheSame"),
            scoring(
                    "ranges-claimed",
                    "recompute/Ranges.java",
                    "limit 1 for update of g skip locked",
                    "limit 1",
                    "two replicas work off the same range, and count it twice",
                    "RangesTest#areWorkedOffByOneReplicaEach"),
            scoring(
                    "one-recompute-at-a-time",
                    "recompute/Ranges.java",
                    "where running.merchant_id = queued.merchant_id and running.state in ('running', 'paused'))",
                    "where running.merchant_id = queued.merchant_id and running.state in ('nothing'))",
                    "two recomputes of a shop run into each other",
                    "RangesTest#oneRecomputeOfAShopRunsAtATime+aPausedOneKeepsItsPlace"),
            scoring(
                    "paused-ranges-rest",
                    "recompute/Ranges.java",
                    "where r.state = 'running'\n            order by g.attempts",
                    "where r.state in ('running', 'paused')\n            order by g.attempts",
                    "a recompute that was paused goes on",
                    "RangesTest#ofAPausedRecomputeAreNotClaimed"),
            scoring(
                    "recomputes-join",
                    "recompute/Recomputes.java",
                    "rebuild = r.rebuild or excluded.rebuild or",
                    "rebuild = r.rebuild or",
                    "a rebuild that is asked for while a recompute waits is forgotten",
                    "RangesTest#whatIsAskedForWhileOneWaitsJoinsIt"),
            scoring(
                    "changes-below-the-oldest",
                    "score/ScoreChanges.java",
                    "changed_xid < :horizon::xid8",
                    "changed_xid <> :horizon::xid8",
                    "who follows the scores passes over what a slow transaction writes",
                    "ScoreChangesTest#whatBeganFirstAndEndedLastIsNotPassedOver"),
            scoring(
                    "scores-of-one-merchant",
                    "score/ScoreRows.java",
                    "left join tier_pin p using (merchant_id, customer_id)\n            where h.merchant_id = :merchant and",
                    "left join tier_pin p using (merchant_id, customer_id)\n            where",
                    "a customer is scored by another merchant's orders",
                    "ReplicasTest#scoreTheCustomersOfOneMerchant"),
            scoring(
                    "one-recompute-after-a-calibration",
                    "recompute/Ranges.java",
                    "queued.reason <> 'calibration' or",
                    "true or",
                    "a calibration and the fit that follows it score everybody twice",
                    "RangesTest#aCalibrationAndItsFitScoreEverybodyOnce"),
            scoring(
                    "erased-customers-are-told",
                    "score/Erasures.java",
                    "set changed_xid = default, erased_at = :now",
                    "set erased_at = :now",
                    "who follows the scores keeps customers who asked to be erased",
                    "ErasureTest#whoFollowsTheScoresIsToldOnce"));

    private ScoringGuards() {}

    private static Guard scoring(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "scoring-service", file, text, without, why, test);
    }
}
