package io.regulars.faults.mutation;

import java.util.List;

/// Journeys end where they got to, events find who waits for them, and webhooks stay out of private networks.
final class JourneyGuards {

    static final List<Guard> ALL = List.of(
            journey(
                    "goal-at-the-claim",
                    "campaign/Answers.java",
                    "if (ending != null) {",
                    "if (ending != null && plan == null) {",
                    "a message goes out although its customer bought meanwhile",
                    "JourneyStepsTest#stopsAMessageWhoseGoalIsReachedBetweenPlanAndSend"),
            journey(
                    "events-and-waits-in-turn",
                    "journey/Awakenings.java",
                    "for no key update of e",
                    "",
                    "an order that comes while a worker leads to the wait for it wakes nobody",
                    "AwakeningsTest#missNobodyWhoGetsToTheWaitInThisMoment"),
            journey(
                    "facts-and-enrolments-in-turn",
                    "journey/Turns.java",
                    "select pg_advisory_xact_lock(t.lock)",
                    "select t.lock",
                    "an event that is told while a customer is enrolled leads nobody on until the time is over",
                    "TurnsTest#missNoFactThatIsCommittedAfterACustomerCameToTheWait"),
            journey(
                    "orders-and-enrolments-in-turn",
                    "campaign/Happening.java",
                    "key.equals(ORDER) || ",
                    "",
                    "an order that is committed when its customer has come to the wait leads nobody on until the time is over",
                    "TurnsTest#missNoOrderThatIsCommittedAfterACustomerCameToTheWait"),
            journey(
                    "own-moment-missed",
                    "trigger/DayCrowd.java",
                    "moment.plus(day.lateLimit()).isBefore(now)",
                    "moment.isAfter(now)",
                    "what was too late for a customer goes out with the round of a later zone",
                    "LateZonesTest#theRoundOfALaterZoneCatchesNobodyWhoseOwnMomentWasMissed"),
            journey(
                    "webhook-queue-bounded",
                    "webhook/Queues.java",
                    "config.mostWaiting() - level.waiting()",
                    "wanted",
                    "an endpoint that is away for days fills the disk",
                    "WebhookEventsTest#queueNoMoreThanThereMayBeAndSayWhatWasDropped"),
            journey(
                    "what-happened-already",
                    "journey/Crossroads.java",
                    "if (done.contains(enrolment)) {",
                    "if (done.contains(enrolment) && enrolment.awaits != null) {",
                    "who bought before the wait began is told that they did not",
                    "JourneyStepsTest#findsWhatHappenedBeforeTheWait"),
            journey(
                    "webhooks-stay-outside",
                    "webhook/Addresses.java",
                    "if (!allowed(address)) {",
                    "if (address == null) {",
                    "a webhook reads what only machines of the installation may",
                    "CallTest#callsNoPrivateAddressWhateverItsNameIs"),
            journey(
                    "redirects-not-followed",
                    "webhook/Call.java",
                    "return status / 100 == 2;",
                    "return status / 100 <= 3;",
                    "a call that was sent elsewhere passes for delivered",
                    "CallTest#followsNoRedirect"));

    private JourneyGuards() {}

    private static Guard journey(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
