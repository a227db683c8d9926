package io.regulars.campaign.lift;

import java.util.ArrayList;
import java.util.List;

/// How an arm's share of converted customers differs from the control's. A figure that cannot be told is null,
/// and `notTold` says why.
///
/// @param difference of the rates
/// @param interval of it: Wald, variances not pooled
/// @param z with the rates pooled
/// @param p two-sided
/// @param adjustedP by Holm, over all arms that are compared
/// @param lift the difference relative to the control's rate
/// @param liftInterval by the delta method on the ratio of the rates
public record Conversion(
        Double difference,
        Interval interval,
        Double z,
        Double p,
        Double adjustedP,
        Double lift,
        Interval liftInterval,
        Needed needed,
        List<String> notTold) {

    static Conversion between(Arm arm, Arm control, Double effect, Pace pace) {
        if (arm.none() || control.none()) {
            String why = "arm \"" + (arm.none() ? arm : control).name() + "\" has no customers";
            return new Conversion(null, null, null, null, null, null, null, Needed.unknown(why), List.of(why));
        }
        List<String> notTold = new ArrayList<>();
        double rate = arm.rate();
        double base = control.rate();
        double difference = rate - base;
        double ofArm = rate * (1 - rate) / arm.customers();
        double ofControl = base * (1 - base) / control.customers();
        Double z = z(arm, control);
        if (z == null) {
            notTold.add("z, p: " + (rate == 0 ? "nobody" : "everybody") + " converted in both arms");
        }
        Interval interval = null;
        if (ofArm + ofControl == 0) {
            notTold.add("interval, liftInterval: in each arm all did the same, which shows no spread");
        } else {
            interval = Interval.around(difference, Distributions.Z * Math.sqrt(ofArm + ofControl));
        }
        Double lift = null;
        Interval liftInterval = null;
        if (base == 0) {
            notTold.add("lift: nobody converted in the control");
        } else {
            lift = rate / base - 1;
            liftInterval = interval == null ? null : Ratio.interval(rate, ofArm, base, ofControl);
        }
        return new Conversion(
                difference,
                interval,
                z,
                z == null ? null : Distributions.normalTwoSided(z),
                null,
                lift,
                liftInterval,
                Needed.ofRates(arm, control, effect, pace),
                notTold);
    }

    private static Double z(Arm arm, Arm control) {
        double all = arm.customers() + control.customers();
        double pooled = (arm.converted() + control.converted()) / all;
        double spread = pooled * (1 - pooled) * (1.0 / arm.customers() + 1.0 / control.customers());
        return spread == 0 ? null : (Double) ((arm.rate() - control.rate()) / Math.sqrt(spread));
    }

    Conversion adjusted(Double adjusted) {
        return new Conversion(difference, interval, z, p, adjusted, lift, liftInterval, needed, notTold);
    }
}
