package io.regulars.faults.mutation;

import java.util.List;

/// Days and broadcasts reach each of their customers, whatever becomes of others.
final class DayGuards {

    static final List<Guard> ALL = List.of(
            day(
                    "day-counted-once",
                    "trigger/FanOut.java",
                    "enrolments.notYet(entries)",
                    "List.copyOf(entries)",
                    "a day that goes round once for each zone seems far too large, and stops its campaign",
                    "LateZonesTest#theSizeOfADayIsCountedOnceHoweverManyRoundsItMakes"),
            day(
                    "day-goes-round-from-the-first",
                    "trigger/TriggerClock.java",
                    "then fan_out.after_customer else 0 end",
                    "then fan_out.after_customer else fan_out.after_customer end",
                    "a day that comes to a later zone reaches nobody there",
                    "DaysTest#aMoveAcrossZonesNeitherLosesNorDoublesADay"),
            day(
                    "failed-broadcasts-rest",
                    "trigger/FanOut.java",
                    "and not f.campaign_id = any(:resting)",
                    "and (not f.campaign_id = any(:resting) or true)",
                    "a broadcast that fails keeps those of all merchants from going on",
                    "FailingCampaignsTest#holdUpNoBroadcastOfAnother"),
            day(
                    "failed-days-rest",
                    "trigger/TriggerClock.java",
                    "and not t.campaign_id = any(:resting)",
                    "and (not t.campaign_id = any(:resting) or true)",
                    "a campaign whose day cannot be called keeps all merchants' days from being called",
                    "FailingCampaignsTest#holdUpNoDayOfAnother"));

    private DayGuards() {}

    private static Guard day(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
