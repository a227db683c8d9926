package io.regulars.faults.mutation;

import java.util.List;

/// What is kept of customers beside the copy: each fact once, and the last word whatever comes in between.
final class AudienceGuards {

    static final List<Guard> ALL = List.of(
            audience(
                    "act-once",
                    "audience/Acts.java",
                    "on conflict on constraint act_pkey do nothing",
                    "",
                    "what a topic tells again lies among the dead letters, for somebody to look at",
                    "ContactsTest#keepsWhatACustomerDidOnceUntilTheyAreErased"),
            audience(
                    "campaign-tag-once",
                    "audience/CustomerTags.java",
                    "on conflict (merchant_id, customer_id, tag) do nothing",
                    "",
                    "a customer who has a tag already holds up all who are led on with them, again and again",
                    "ContactsTest#keepsATagThatACampaignGivesOnceHoweverManyGiveIt"),
            audience(
                    "scores-of-a-customer-in-turn",
                    "audience/Customers.java",
                    "for no key update of a",
                    "",
                    "of two scores at once the older is told as a move, and enrols for what is over",
                    "OldNewsTest#theOlderOfTwoScoresAtOnceTellsOfNoMove"),
            audience(
                    "zone-first-seen",
                    "audience/Zones.java",
                    "on conflict (merchant_id, time_zone) do nothing",
                    "on conflict (merchant_id, time_zone) do update set first_seen_at = excluded.first_seen_at",
                    "a day that came in a new zone before the clock looked is called there for nobody",
                    "OldNewsTest#aZoneThatIsSeenAgainWasFirstSeenWhenItWas"),
            audience(
                    "occasion-once",
                    "occasion/Journal.java",
                    "on conflict (merchant_id, customer_id, kind, name) do nothing",
                    "",
                    "an order that comes back to a status lies among the dead letters, and is never applied",
                    "JournalTest#keepsWhatHappensAgainOnceWithItsFirstInstant"),
            audience(
                    "last-fact-kept",
                    "journey/RecentFacts.java",
                    "where recent_fact.at < excluded.at",
                    "where true",
                    "an older fact that is told later hides the one that somebody is about to wait for",
                    "TurnsTest#missNoFactThatAnOlderOneIsToldAfter"),
            audience(
                    "door-counts-in-turn",
                    "journey/DoorCounts.java",
                    "order by f.merchant_id, f.campaign_id, f.occurrence for no key update of f",
                    "",
                    "two workers who count at the doors of the same days wait for each other, and one is undone",
                    "DoorCountsTest#leaveTheLaterDaysAloneWhileTheFirstIsWaitedFor"));

    private AudienceGuards() {}

    private static Guard audience(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
