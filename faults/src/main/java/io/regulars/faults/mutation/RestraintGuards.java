package io.regulars.faults.mutation;

import java.util.List;

/// What stops a campaign or a shop and lets it go on, what people edit, and what is remembered of who may answer.
final class RestraintGuards {

    static final List<Guard> ALL = List.of(
            restraint(
                    "paused-while-it-parks",
                    "campaign/Plans.java",
                    "order by c.id for share",
                    "order by c.id",
                    "what is put aside while somebody resumes its campaign lies there for ever",
                    "ParkingTest#leavesNothingBehindWhoResumesItsCampaign"),
            restraint(
                    "parks-the-paused-only",
                    "campaign/Plans.java",
                    "and c.state in ('paused', 'awaiting-approval')",
                    "",
                    "what was found paused is put aside although its campaign goes on again, for ever",
                    "ParkingTest#takesNothingOfACampaignThatWasResumedMeanwhile"),
            restraint(
                    "stopped-while-it-parks",
                    "guardrail/Stops.java",
                    "order by merchant_id for share",
                    "order by merchant_id",
                    "what is put aside while somebody lets the shop send again lies there for ever",
                    "ParkingTest#leavesNothingBehindWhoLetsItsShopSendAgain"),
            restraint(
                    "size-counted-by-all",
                    "campaign/SizeBreaker.java",
                    "set enrolled = campaign_pace.enrolled + excluded.enrolled",
                    "set enrolled = excluded.enrolled",
                    "a campaign that enrols the whole list, a batch at a time, is never found too large",
                    "SizeBreakerTest#countsTogetherWhatManyTransactionsEnrol"),
            restraint(
                    "size-stops-the-active-only",
                    "campaign/SizeBreaker.java",
                    "where merchant_id = :merchant and id = :campaign and state = 'active'",
                    "where merchant_id = :merchant and id = :campaign",
                    "a campaign that somebody finished meanwhile is paused, and can be resumed",
                    "SizeBreakerTest#leavesACampaignAsItIsThatIsFinishedMeanwhile"),
            restraint(
                    "no-lost-guardrails",
                    "guardrail/Guardrails.java",
                    "where :revision::int is null or guardrail.revision = :revision",
                    "where :revision::int is null or true",
                    "of two that save guardrails at once one overwrites the other unseen",
                    "TwoAtOnceTest#doNotOverwriteEachOthersGuardrails"),
            restraint(
                    "notice-once",
                    "guardrail/Notices.java",
                    "on conflict on constraint campaign_notice_once do nothing",
                    "",
                    "the second batch that finds a budget used up fails for the notice, and so does each that follows",
                    "TwoAtOnceTest#sayOneThingOnce"),
            restraint(
                    "no-lost-template",
                    "library/StoredTemplates.java",
                    "if (expected != null && expected != version) {",
                    "if (expected != null && expected < 0) {",
                    "of two that edit a template one overwrites the other unseen",
                    "TemplatesTest#keepsVersionsByTheShopsOwnId"),
            restraint(
                    "template-version-once",
                    "library/StoredTemplates.java",
                    "select t.name = :name and",
                    "select false and t.name = :name and",
                    "a template that is saved again as it is has a version more each time",
                    "TemplatesTest#keepsVersionsByTheShopsOwnId"),
            restraint(
                    "provider-name-once",
                    "message/HandedOver.java",
                    "where k.named like '%:_%'\n            on conflict do nothing",
                    "where k.named like '%:_%'",
                    "a name that a provider gives twice holds up the results of all that was sent with it, without end",
                    "HandedOverTest#aNameThatAProviderGivesAgainIsThatOfTheFirst"),
            restraint(
                    "perhaps-handed-over-once",
                    "message/HandedOver.java",
                    "and a.phone is not null\n            on conflict do nothing",
                    "and a.phone is not null",
                    "a message that is uncertain for the second time holds up all results, without end",
                    "HandedOverTest#whoMayHaveGotAMessageTwiceIsRememberedOnce"));

    private RestraintGuards() {}

    private static Guard restraint(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
