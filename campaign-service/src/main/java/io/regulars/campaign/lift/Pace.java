package io.regulars.campaign.lift;

/// How fast an experiment gains customers: those whom each arm has came within so many days, and as many more
/// come in as many days more.
///
/// @param days more than 0; null where that is not known or nobody comes any more
/// @param why it is null; null where it is not
public record Pace(Double days, String why) {

    public static Pace over(double days) {
        return new Pace(days, null);
    }

    public static Pace unknown(String why) {
        return new Pace(null, why);
    }
}
