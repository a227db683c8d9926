package io.regulars.faults.mutation;

import java.util.List;

/// The copy by version, each cause once, coupons within their stock.
final class CampaignGuards {

    static final List<Guard> ALL = List.of(
            campaign(
                    "profile-versions",
                    "audience/Profiles.java",
                    "where audience.profile_version < excluded.profile_version",
                    "where true",
                    "a profile that comes again as it was gives back a consent that was withdrawn",
                    "OldNewsTest#anOlderProfileGivesBackNoConsent"),
            campaign(
                    "score-versions",
                    "audience/Scores.java",
                    ".filter(score -> held.getOrDefault(key(score), 0L) < score.version())",
                    "",
                    "a score that comes again as it was tells of a tier that is over",
                    "OldNewsTest#anOlderScoreChangesNothing"),
            campaign(
                    "score-versions-in-a-race",
                    "audience/Scores.java",
                    "where audience.score_version < excluded.score_version",
                    "where true",
                    "of two first scores at once the older may stay",
                    "OldNewsTest#theOlderOfTwoFirstScoresAtOnceChangesNothing"),
            campaign(
                    "shop-versions",
                    "audience/Shops.java",
                    "where shop.version < excluded.version",
                    "where true",
                    "settings that come again as they were send by a clock that is not the shop's",
                    "OldNewsTest#anOlderShopChangesNothing"),
            campaign(
                    "catalogue-versions",
                    "audience/Shops.java",
                    "where product.version < excluded.version",
                    "where true",
                    "a product that comes again as it was moves to its old category",
                    "OldNewsTest#anOlderProductChangesNothing"),
            campaign(
                    "purchase-versions",
                    "audience/Purchases.java",
                    "where purchase_order.version < excluded.version",
                    "where true",
                    "an order that comes again in its old state counts as bought once more",
                    "OldNewsTest#anOlderOrderChangesNothing"),
            campaign(
                    "purchase-amounts-of-the-version",
                    "audience/Purchases.java",
                    "and o.order_id = l.order_id and o.version = l.version",
                    "and o.order_id = l.order_id",
                    "an order that comes again in its old state tells what its products cost then",
                    "ContactsTest#keepsWhatProductsCostOfTheNewestVersionOfAnOrder"),
            campaign(
                    "contact-once",
                    "audience/Contacts.java",
                    "on conflict on constraint contact_pkey do nothing",
                    "",
                    "what became of a message counts as often as it is told, or holds up all that is told with it",
                    "ContactsTest#keepsEachFactOfAMessageOnceWithItsFirstInstant"),
            campaign(
                    "erased-is-forgotten",
                    "intake/Intake.java",
                    ".filter(CustomerChanged::erased)",
                    ".filter(customer -> customer.erased() && customer.version() < 0)",
                    "letters of an erased person stay in the inbox",
                    "SendingTest#forgetsWhoIsErased"),
            campaign(
                    "cause-is-new",
                    "trigger/Triggers.java",
                    ".filter(cause -> !before.contains(cause.occurrence()))",
                    "",
                    "any later score enrols for a tier change from before the campaign",
                    "TriggersTest#whatHeldBeforeIsNoCause"),
            campaign(
                    "history-starts-nothing",
                    "trigger/Triggers.java",
                    "return step != null && !step.backfill();",
                    "return step != null;",
                    "loaded history and recomputes write to everybody",
                    "TriggersTest#loadedHistoryIsNoCause"),
            campaign(
                    "scores-from-before-start-nothing",
                    "trigger/Triggers.java",
                    "|| moved.score().scoredAt().isBefore(plan.activatedAt())",
                    "",
                    "a topic that is read again from its beginning writes to everybody",
                    "TriggersTest#aScoreFromBeforeTheCampaignIsNoCause"),
            campaign(
                    "orders-of-history-start-nothing",
                    "campaign/OrderTrigger.java",
                    "if (order.backfill()",
                    "if (order.version() < 0",
                    "loaded orders thank everybody for what they bought years ago",
                    "OrderTriggerTest#loadedHistoryIsNoCause"),
            campaign(
                    "orders-from-before-start-nothing",
                    "campaign/OrderTrigger.java",
                    "|| changed.isBefore(activatedAt)",
                    "",
                    "orders that are read again write to everybody",
                    "OrderTriggerTest#whatChangedBeforeTheCampaignIsNoCause"),
            campaign(
                    "ordered-carts-are-left-alone",
                    "occasion/Carts.java",
                    "or c.interaction_id <> k.interaction_id or o.order_id is not null",
                    "or c.interaction_id <> k.interaction_id",
                    "the letter about the cart comes after the purchase",
                    "OrderTriggersTest#writesAboutNoCartThatWasOrdered"),
            campaign(
                    "too-late-is-skipped",
                    "trigger/Ticks.java",
                    "boolean late = called.plus(lateLimit).isBefore(now);",
                    "boolean late = false;",
                    "what was due in the morning goes out at night",
                    "TicksTest#saysWhatIsTooLateAndCallsItNot"),
            campaign(
                    "re-entry-in-turn",
                    "journey/Reentries.java",
                    "select pg_advisory_xact_lock(k.lock)",
                    "select k.lock",
                    "two causes at once both enter where a customer enters once",
                    "ManyReplicasTest#ofTwoCausesAtOnceOneEntersWhereACustomerEntersOnce"),
            campaign(
                    "events-told-once",
                    "trigger/ShopEvents.java",
                    "on conflict (merchant_id, event_id) do nothing",
                    "",
                    "an event that is told again is an error to its shop",
                    "EventsTest#beginsOnceWithAnEventHoweverOftenItIsTold"),
            campaign(
                    "enrolled-once",
                    "journey/EnrolmentRows.java",
                    "on conflict on constraint enrolment_once_for_a_cause do nothing",
                    "",
                    "a cause that is told twice fails its whole batch",
                    "EnrolmentsTest#aCauseEnrolsOnceHoweverOftenItIsTold"),
            campaign(
                    "enrolments-claimed",
                    "journey/EnrolmentRows.java",
                    "for update skip locked",
                    "",
                    "two replicas lead the same customer on, and each issues a coupon",
                    "EnrolmentsTest#anEnrolmentIsInOneReplicasHands"),
            campaign(
                    "paused-enrolments-parked",
                    "journey/EnrolmentRows.java",
                    "select * from enrolment where due_at <= :now and not parked",
                    "select * from enrolment where due_at <= :now",
                    "a paused campaign's enrolments are looked at without end, and keep the others waiting",
                    "EnrolmentsTest#parkedEnrolmentsAreNotLookedAt"),
            campaign(
                    "pause-stops-a-fan-out",
                    "trigger/FanOut.java",
                    "where f.finished_at is null and c.state = 'active'",
                    "where f.finished_at is null",
                    "a broadcast that was paused goes on enrolling",
                    "BroadcastTest#enrolsNobodyWhilePaused"),
            campaign(
                    "fan-out-of-one-merchant",
                    "audience/Audiences.java",
                    "where a.merchant_id = :merchant and a.customer_id > :after",
                    "where a.customer_id > :after",
                    "a broadcast, which no wall confines, enrols other merchants' customers",
                    "BroadcastTest#enrolsTheShopsOwnCustomers"),
            campaign(
                    "code-redeemed-once",
                    "coupon/Redeeming.java",
                    "and (state = 'issued' or state = 'reserved' and (order_id = :order or reserved_until <= :now))",
                    "",
                    "a coupon code is good for as many orders as one likes",
                    "CouponsTest#redeemsACodeOnceHoweverManyAskAtOnce"),
            campaign(
                    "code-redeemed-in-time",
                    "coupon/Redeeming.java",
                    "and (valid_until is null or valid_until > :now or state = 'reserved' and order_id = :order)",
                    "",
                    "an expired coupon code is good for ever",
                    "CouponsTest#refusesACodeThatHasExpired"),
            campaign(
                    "code-used-by-one-order",
                    "coupon/Redeeming.java",
                    "and (k.state = 'issued' or k.state = 'reserved' and (k.order_id = o.order_id or k.reserved_until <= :now))",
                    "",
                    "the last order that names a code takes it from the first",
                    "CouponsTest#isUsedByAnOrderThatNamesIt"),
            campaign(
                    "code-of-one-merchant",
                    "coupon/Redeeming.java",
                    "where k.merchant_id = o.merchant_id and k.code = o.code",
                    "where k.code = o.code",
                    "an order of one merchant uses up the code of another",
                    "CouponsTest#isUsedByAnOrderOfItsOwnMerchant"),
            campaign(
                    "code-reserved-for-one-order",
                    "coupon/Checkout.java",
                    "and (state = 'issued' or state = 'reserved' and (order_id = :order or reserved_until <= :now))",
                    "and state in ('issued', 'reserved')",
                    "a second order takes the code that the first is being paid with",
                    "CheckoutTest#holdsACodeForOneOrderWhileItIsPaid"),
            campaign(
                    "codes-of-an-order-in-turn",
                    "coupon/Checkout.java",
                    "select pg_advisory_xact_lock(:merchant, hashtext('order ' || :order))",
                    "select :merchant, :order",
                    "two codes that cannot be combined are used by one order",
                    "CheckoutTest#combinesNoTwoCodesOfWhichOneStandsAloneHoweverFast"),
            campaign(
                    "stock-counted-in-turn",
                    "coupon/Stock.java",
                    " for no key update",
                    "",
                    "many that ask at once get more codes than there are, or an error",
                    "CouponsTest#issuesNoMoreThanTheStockUnderRaces"),
            campaign(
                    "stock-kept",
                    "coupon/Stock.java",
                    "if (left != null && left <= granted) {",
                    "if (left != null && left < 0) {",
                    "a journey that finds no coupon left fails its whole batch, again and again",
                    "CouponsTest#endsAJourneyThatFindsNoCouponLeft"),
            campaign(
                    "coupon-for-each-customer",
                    "coupon/Stock.java",
                    "if (perCustomer != null && count > perCustomer) {",
                    "if (perCustomer != null && count < 0) {",
                    "one customer takes all the coupons",
                    "CouponsTest#givesACustomerNoMoreThanTheirShare"),
            campaign(
                    "no-lost-edit",
                    "campaign/Campaigns.java",
                    "if (revision != null && revision != campaign.revision) {",
                    "if (revision != null && revision < 0) {",
                    "of two that edit a campaign one overwrites the other unseen",
                    "RestTest#refusesToOverwriteWhatSomebodyElseChanged"));

    private CampaignGuards() {}

    private static Guard campaign(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
