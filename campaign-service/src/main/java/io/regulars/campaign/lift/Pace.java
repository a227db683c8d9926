package io.regulars.campaign.lift;

/// How fast an experiment gains customers.
///
/// @param customersPerDay in all arms together; null where that is not known or nobody comes any more
/// @param why it is null; null where it is not
public record Pace(Double customersPerDay, String why) {

    public static Pace of(double customersPerDay) {
        return new Pace(customersPerDay, null);
    }

    public static Pace unknown(String why) {
        return new Pace(null, why);
    }
}
