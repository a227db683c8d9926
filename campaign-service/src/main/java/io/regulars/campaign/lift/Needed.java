package io.regulars.campaign.lift;

/// How many customers it takes until an effect can be seen: with 80 % power, at 5 %, two-sided.
///
/// @param effect relative to the control: the one asked for, or the observed one
/// @param control customers in the control
/// @param arm customers in the other arm, at the present ratio of the two
/// @param more than there are now in both
/// @param days from now until each of the two arms has so many, its customers coming as they came so far; null
///     where that cannot be told
/// @param notTold why there is no figure, or no days
public record Needed(Double effect, Long control, Long arm, Long more, Long days, String notTold) {

    private static final double MOST = 1e12;

    static Needed unknown(String why) {
        return new Needed(null, null, null, null, null, why);
    }

    /// Rates by Fleiss: the test pools the rates, the power does not; no correction for continuity.
    static Needed ofRates(Arm arm, Arm control, Double asked, Pace pace) {
        double base = control.rate();
        Double effect = effect(arm.rate(), base, asked);
        if (effect == null) {
            return unknown(noEffect(base, "converted"));
        }
        double hoped = base * (1 + effect);
        if (hoped < 0 || hoped > 1) {
            return unknown("a rate of " + Rounded.of(hoped).toPlainString() + " cannot be");
        }
        double ratio = ratio(arm, control);
        double pooled = (base + ratio * hoped) / (1 + ratio);
        double root = Distributions.Z * Math.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio))
                + Distributions.Z_POWER * Math.sqrt(base * (1 - base) + hoped * (1 - hoped) / ratio);
        return of(effect, Math.pow(root / (hoped - base), 2), ratio, arm, control, pace);
    }

    /// Means by the normal distribution, with the spreads as observed.
    static Needed ofMeans(Arm arm, Arm control, Double asked, Pace pace) {
        double base = control.mean();
        Double effect = effect(arm.mean(), base, asked);
        if (effect == null) {
            return unknown(noEffect(base, "bought"));
        }
        double ratio = ratio(arm, control);
        double spread = control.variance() + arm.variance() / ratio;
        if (spread == 0) {
            return unknown("sales do not vary in either arm");
        }
        double root = (Distributions.Z + Distributions.Z_POWER) / (base * effect);
        return of(effect, root * root * spread, ratio, arm, control, pace);
    }

    private static Needed of(double effect, double control, double ratio, Arm arm, Arm base, Pace pace) {
        if (!(control * (1 + ratio) < MOST)) {
            return unknown("an effect this small takes more than 1,000,000,000,000 customers");
        }
        long inControl = (long) Math.ceil(control);
        long inArm = (long) Math.ceil(control * ratio);
        long more = Math.max(0, inControl - base.customers()) + Math.max(0, inArm - arm.customers());
        if (more == 0) {
            return new Needed(effect, inControl, inArm, 0L, 0L, null);
        }
        if (pace.days() == null) {
            return new Needed(effect, inControl, inArm, more, null, pace.why());
        }
        double days = Math.max(days(inControl, base, pace), days(inArm, arm, pace));
        return new Needed(effect, inControl, inArm, more, (long) Math.ceil(days), null);
    }

    /// Until the arm has so many. Other arms than the two take customers too, so the pace of all is not theirs.
    private static double days(long needed, Arm arm, Pace pace) {
        return Math.max(0, needed - arm.customers()) * pace.days() / arm.customers();
    }

    private static double ratio(Arm arm, Arm control) {
        return (double) arm.customers() / control.customers();
    }

    private static Double effect(double other, double base, Double asked) {
        if (base == 0) {
            return null;
        }
        double effect = asked == null ? other / base - 1 : asked;
        return effect == 0 ? null : (Double) effect;
    }

    private static String noEffect(double base, String did) {
        return base == 0 ? "nobody in the control " + did : "the arms do not differ: name an effect";
    }
}
