package io.regulars.faults.mutation;

import java.util.List;

/// Everything is checked again when a message is claimed, and it goes on the wire once.
final class SendingGuards {

    private static final String SIMULATED = "SendingSimulatorTest#sendsOnceAndOnlyWhatIsAllowed";

    static final List<Guard> ALL = List.of(
            sending(
                    "message-planned-once",
                    "message/Messages.java",
                    "on conflict on constraint message_once_for_a_cause do nothing",
                    "",
                    "a journey that is led over a step again fails, again and again",
                    "PlanningTest#plansAMessageOnceHoweverOftenItsStepIsGone"),
            sending(
                    "messages-claimed",
                    "message/DueMessages.java",
                    "for update of m skip locked",
                    "",
                    "replicas hand out the same messages",
                    "ClaimingTest#keepTheCapTogether"),
            sending(
                    "customers-in-turn",
                    "message/DueMessages.java",
                    "select pg_advisory_xact_lock(k.merchant_id, k.lock)",
                    "select k.merchant_id, k.lock",
                    "two workers both find the last place below a cap",
                    "ClaimingTest#keepTheCapTogether"),
            sending(
                    "cap-at-the-claim",
                    "message/Gate.java",
                    "return settings.capped(channel, counted, now).map(Gate::hold).orElse(verdict);",
                    "return settings.capped(channel, Map.of(), now).map(Gate::hold).orElse(verdict);",
                    "each campaign keeps to the cap, and all together do not",
                    SIMULATED),
            sending(
                    "cap-within-a-batch",
                    "message/Round.java",
                    "ofChannel.addFirst(now);",
                    "",
                    "messages that are claimed together do not count for each other",
                    SIMULATED),
            sending(
                    "cap-counts-what-may-have-gone",
                    "message/Transitions.java",
                    "when :state in ('planned', 'held') and (m.perhaps_sent or t.perhaps_sent) then m.counted_at",
                    "",
                    "a message that may have got through counts no more while it waits to be repeated",
                    "TransitionsTest#whatMayHaveGoneCountsOnAgainstTheCaps"),
            sending(
                    "consent-at-the-claim",
                    "message/Gate.java",
                    "if (Boolean.FALSE.equals(consent)) {",
                    "if (Boolean.FALSE.equals(consent) && channel == null) {",
                    "a message is sent although consent was withdrawn",
                    "SendingTest#skipsWithItsReasonWhenConsentIsWithdrawnBeforeTheMessageGoes"),
            sending(
                    "consent-must-be-given",
                    "message/Gate.java",
                    "if (consent == null && channel != Channel.INBOX) {",
                    "if (consent == null && channel == null) {",
                    "a message is sent although nobody was asked",
                    SIMULATED),
            sending(
                    "quiet-hours-at-the-claim",
                    "message/Gate.java",
                    "return settings.quiet(channel, now, zone(",
                    "return settings.quiet(Channel.INBOX, now, zone(",
                    "a text message rings at night",
                    "GuardrailsTest#holdsInQuietHoursAndReleasesInTheMorning"),
            sending(
                    "quiet-hours-on-the-customers-wall",
                    "message/Gate.java",
                    "return customer.timeZone() == null ? shop.zone() : ZoneId.of(customer.timeZone());",
                    "return shop.zone();",
                    "a text message rings at night where the customer lives",
                    SIMULATED),
            sending(
                    "quiet-hours-over-midnight",
                    "guardrail/QuietHours.java",
                    "? !time.isBefore(from) && time.isBefore(to)\n                : !time.isBefore(from) || time.isBefore(to);",
                    "? !time.isBefore(from) && time.isBefore(to)\n                : !time.isBefore(from);",
                    "quiet hours end at midnight",
                    "QuietHoursTest"),
            sending(
                    "quiet-hours-when-clocks-change",
                    "guardrail/QuietHours.java",
                    ".filter(end -> end.isAfter(now) && !quiet(end, zone))",
                    ".filter(end -> end.isAfter(now))",
                    "a message is released into the quiet hour that the clock shows twice",
                    "QuietHoursSimulatorTest"),
            sending(
                    "pause-heeded",
                    "campaign/Answers.java",
                    "if (plan.paused()) {",
                    "if (plan.paused() && plan.active()) {",
                    "what waits in a paused campaign is dropped for good",
                    SIMULATED),
            sending(
                    "pause-heeded-on-the-way-to-the-wire",
                    "message/Transitions.java",
                    "where c.merchant_id = m.merchant_id and c.id = m.campaign_id and c.state = 'active'",
                    "where c.merchant_id = m.merchant_id and c.id = m.campaign_id",
                    "messages go out after a campaign was paused",
                    "TransitionsTest#nothingOfAPausedCampaignGoesOnTheWire"),
            sending(
                    "kill-switch-on-the-way-to-the-wire",
                    "message/Transitions.java",
                    "where s.merchant_id in (m.merchant_id, 0)",
                    "where s.merchant_id < 0",
                    "messages that were claimed before go out after all sending was stopped",
                    "TransitionsTest#nothingGoesOnTheWireWhileSendingIsStopped"),
            sending(
                    "too-late",
                    "message/Gate.java",
                    "if (!now.isBefore(plan.definition().rules().expiry(plannedAt))) {",
                    "if (plan == null) {",
                    "what was for one day goes out a week later",
                    SIMULATED),
            sending(
                    "urgent-first",
                    "message/Round.java",
                    "&& limits.order().hasRivals(message)",
                    "&& message == null",
                    "the last place below a cap goes to whichever channel is faster",
                    SIMULATED),
            sending(
                    "budget-in-turn",
                    "guardrail/Budgets.java",
                    "order by merchant_id, campaign_id, kind, per for update",
                    "order by merchant_id, campaign_id, kind, per",
                    "two workers both find the last of a budget",
                    "BudgetClaimingTest#keepTheBudgetTogether"),
            sending(
                    "budget-given-back",
                    "message/Transitions.java",
                    "budgets.giveBack(givenBack);",
                    "",
                    "messages that never went use up the budget",
                    "BudgetClaimingTest#giveBackWhatSurelyDidNotGo"),
            sending(
                    "size-before-the-first",
                    "trigger/FanOut.java",
                    "if (!breaker.letsFanOut(",
                    "if (entries == null && !breaker.letsFanOut(",
                    "the whole list is mailed instead of ten",
                    "StopsTest#mailsNobodyWhereTheWholeListComesInsteadOfTen"),
            sending(
                    "second-person",
                    "campaign/Steering.java",
                    "if (actor.equals(author) || actor.equals(campaign.approvalAskedBy)) {",
                    "if (actor.equals(author) && actor.isEmpty()) {",
                    "who wrote a campaign approves it",
                    "StopsTest#aSecondPersonAgreesAndAnotherTextNeedsAnotherWord"),
            sending(
                    "cause-still-holds",
                    "campaign/Answers.java",
                    "if (causeIsGone(plan, customer, question.occurrence())) {",
                    "if (customer == null && causeIsGone(plan, customer, question.occurrence())) {",
                    "who woke up by themselves is called a sleeper",
                    "GuardrailsTest#endsAJourneyWhoseCauseIsGone"),
            sending(
                    "erased-gets-nothing",
                    "campaign/Answers.java",
                    "if (customer.erased()) {",
                    "if (customer.erased() && plan == null) {",
                    "an enrolment of an erased person goes on",
                    "PlanningTest#anErasedPersonsJourneyEnds"),
            sending(
                    "holdout-left-alone",
                    "campaign/Answers.java",
                    "if (Holdout.holdsOut(plan.salt(), customer.id(), holdout(plan))) {",
                    "if (Holdout.holdsOut(plan.salt(), customer.id(), BigDecimal.ZERO)) {",
                    "who is to be left alone is not, and the campaign's worth cannot be told",
                    "GuardrailsTest#leavesTheHoldoutAloneAndShowsIt"),
            sending(
                    "states-by-the-table",
                    "message/Transitions.java",
                    "and m.state = any(:before)",
                    "and (m.state = any(:before) or true)",
                    "a message that was sent is claimed again",
                    "TransitionsTest#whatWasSentIsNotClaimedAgain"),
            sending(
                    "claims-fenced",
                    "message/Transitions.java",
                    "and (:state = 'claimed' or t.claim is null or m.claim = t.claim)",
                    "",
                    "a worker whose lease ran out writes over what another one does",
                    "TransitionsTest#aWorkerThatLostItsMessageWritesNothing"),
            sending(
                    "leases-heeded",
                    "message/Recovery.java",
                    "where m.claim = l.id and m.lease_until < clock_timestamp()",
                    "where m.claim = l.id and m.lease_until is not null",
                    "a message is taken out of the hands of a worker that is sending it",
                    "RecoveryTest#leavesWhatIsInLiveHands"),
            sending(
                    "mail-never-repeated",
                    "message/Recovery.java",
                    "if (repeatable) {",
                    "if (message.state() == MessageState.TRANSMITTING) {",
                    "a mail that had left when its worker died is sent twice",
                    SIMULATED),
            sending(
                    "unknown-never-repeated",
                    "message/Retries.java",
                    "case Outcome.Unknown(var reason) -> Transition.uncertain(message.key(), claim, reason);",
                    "case Outcome.Unknown(var reason) -> Transition.again(message.key(), claim, clock.instant(), reason);",
                    "a mail whose answer was lost is sent twice",
                    SIMULATED),
            sending(
                    "perhaps-sent-is-not-skipped",
                    "message/Transition.java",
                    "return message.perhapsSent()\n",
                    "return message.perhapsSent() && message.key() == null\n",
                    "a message that may have got through is said to be skipped",
                    SIMULATED),
            sending(
                    "only-what-is-marked-goes",
                    "message/Sender.java",
                    "if (marked.contains(one.message().key())) {",
                    "if (going != null) {",
                    "what another worker took meanwhile goes on the wire all the same",
                    "SenderTest#whatIsPausedAfterItsClaimGoesOnNoWire"),
            sending(
                    "sent-is-told-once",
                    "message/Results.java",
                    ".filter(result -> applied.contains(result.message().key()))",
                    "",
                    "a result that was not taken is told to the other services",
                    "TransitionsTest#tellsOnlyOfWhatItWrote"),
            sending(
                    "letter-laid-in-once",
                    "inbox/Inbox.java",
                    "on conflict on constraint inbox_message_once do nothing",
                    "",
                    "a letter that lies there already fails its whole batch",
                    "InboxTest#aLetterLiesThereOnce"),
            sending(
                    "one-key-for-all-tries",
                    "message/Content.java",
                    "message.step(),",
                    "message.step() + message.attempts(),",
                    "the gateway takes a repeated text message for a new one",
                    "ContentTest#allTriesOfAMessageBearOneKey"));

    private SendingGuards() {}

    private static Guard sending(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
