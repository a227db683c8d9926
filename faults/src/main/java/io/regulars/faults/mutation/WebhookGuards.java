package io.regulars.faults.mutation;

import java.util.List;

/// Calls are queued once, made by one replica, and ended by whoever holds them.
final class WebhookGuards {

    static final List<Guard> ALL = List.of(
            webhook(
                    "announced-once",
                    "webhook/Announcements.java",
                    "on conflict on constraint outgoing_webhook_once do nothing",
                    "",
                    "what is read twice fails with all that is read with it, again and again",
                    "AnnouncementsTest#tellOnceOfWhatIsReadTwice"),
            webhook(
                    "endpoints-hear-nothing-old",
                    "webhook/Announcements.java",
                    "&& !news.at().isBefore(createdAt)",
                    "",
                    "a topic that is read again tells a new endpoint of years",
                    "AnnouncementsTest#tellNoEndpointOfWhatWasBeforeIt"),
            webhook(
                    "call-queued-once",
                    "webhook/Outgoing.java",
                    "on conflict do nothing",
                    "",
                    "a journey that is led over a call again fails, again and again",
                    "CallsTest#areQueuedOnceHoweverOftenTheirStepIsGone"),
            webhook(
                    "calls-claimed",
                    "webhook/OutgoingRows.java",
                    "for update of o skip locked)",
                    ")",
                    "two replicas make the same call",
                    "CallsTest#areInOneReplicasHands"),
            webhook(
                    "calls-fenced",
                    "webhook/OutgoingRows.java",
                    "state = 'waiting' and claim = :claim",
                    "state = 'waiting' and :claim <> ''",
                    "a worker whose time ran out ends a call that another one is making",
                    "CallsTest#areNotEndedByAWorkerThatLostThem"),
            webhook(
                    "failing-webhooks-leave-room",
                    "webhook/OutgoingRows.java",
                    "(not f.failing or f.place <= :failing)",
                    "(not f.failing or :failing >= 0)",
                    "endpoints that do not answer take all the hands there are",
                    "CallsTest#ofWebhooksThatDoNotAnswerLeaveRoom"),
            webhook(
                    "call-under-way-left-alone",
                    "webhook/ByHand.java",
                    " and claim is null",
                    "",
                    "who asks for one more delivery has it made twice at once",
                    "CallsTest#thatAreUnderWayAreNotMadeOnceMoreByHand"));

    private WebhookGuards() {}

    private static Guard webhook(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
