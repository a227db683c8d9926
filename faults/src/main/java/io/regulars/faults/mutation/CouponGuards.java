package io.regulars.faults.mutation;

import java.util.List;

/// Codes of pools and codes that everybody types, their locks and budgets; points, each posted once.
final class CouponGuards {

    static final List<Guard> ALL = List.of(
            coupon(
                    "guesses-counted",
                    "coupon/Guesses.java",
                    "do update set misses = coupon_guess.misses + 1",
                    "do nothing",
                    "whoever guesses fast enough may guess as often as they like",
                    "CheckoutTest#stopsWhoGuesses"),
            coupon(
                    "codes-locked-in-order",
                    "coupon/Locks.java",
                    "order by k.merchant_id, k.code for no key update",
                    "",
                    "two batches of orders that name the same codes wait for each other, and one is undone",
                    "LocksTest#leaveTheLaterCodeAloneWhileTheEarlierOneIsWaitedFor"),
            coupon(
                    "told-orders-in-turn",
                    "coupon/Locks.java",
                    "select pg_advisory_xact_lock(merchant_id, key) from (",
                    "select merchant_id, key from (",
                    "an order that is told while its checkout pays takes two pieces of a shared code",
                    "SharedCodesTest#anOrderThatIsToldWhileItIsPaidUsesOnePiece"),
            coupon(
                    "shared-code-once-for-an-order",
                    "coupon/SharedCodes.java",
                    "used(coupon, order).orElseGet(() -> begin(coupon, customer.getAsLong()))",
                    "begin(coupon, customer.getAsLong())",
                    "an order whose checkout asks again takes another piece of the stock each time",
                    "CheckoutTest#countsASharedCodeOnceForAnOrderAndGivesBackWhatIsLetGo"),
            coupon(
                    "shared-code-back-once",
                    "coupon/SharedCodes.java",
                    "set issued = issued - 1\n            where merchant_id = :merchant and id = :coupon and exists (select from gone)",
                    "set issued = issued - 1\n            where merchant_id = :merchant and id = :coupon",
                    "a piece that somebody else took back meanwhile comes back twice, and more are used than there are",
                    "SharedCodesTest#aPieceComesBackOnceWhoeverElseTookItBack"),
            coupon(
                    "issued-codes-known-to-the-pool",
                    "coupon/Pool.java",
                    "where not exists (select from coupon_code k where k.merchant_id = :merchant and k.code = n.code)",
                    "where true",
                    "a file of codes that is brought again fills the pool with what nobody can be given",
                    "PoolTest#knowsACodeThatIsBroughtAgainAfterItWasIssued"),
            coupon(
                    "coupon-budget-in-one-hand",
                    "guardrail/CouponBudgets.java",
                    "order by merchant_id, campaign_id for update",
                    "order by merchant_id, campaign_id",
                    "two workers both find the last of a budget, and each gives it away",
                    "TwoAtOnceTest#doNotTakeTheSameOutOfABudgetOfCoupons"),
            coupon(
                    "history-earns-nothing",
                    "points/Earning.java",
                    "order.backfill() || ",
                    "",
                    "loaded orders give points for what was bought years ago",
                    "PointsTest#historyAndOrdersFromBeforeTheRulesEarnNothing"),
            coupon(
                    "orders-before-the-rules-earn-nothing",
                    "points/Earning.java",
                    " || order.orderedAt().isBefore(rule.since())",
                    "",
                    "orders from before there were points earn some when they are told again",
                    "PointsTest#historyAndOrdersFromBeforeTheRulesEarnNothing"),
            coupon(
                    "points-posted-once",
                    "points/Ledger.java",
                    "on conflict (merchant_id, reference) do nothing",
                    "",
                    "a shop that asks once more, since it had no answer, has an error for one",
                    "PointsTest#spendsWhatExpiresFirstAndNoMoreThanThereIs"),
            coupon(
                    "balances-in-turn",
                    "points/Ledger.java",
                    "order by b.merchant_id, b.customer_id for update",
                    "order by b.merchant_id, b.customer_id",
                    "two that spend at once spend the same points",
                    "PointsTest#twoThatSpendAtOnceDoNotSpendTheSame"));

    private CouponGuards() {}

    private static Guard coupon(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
