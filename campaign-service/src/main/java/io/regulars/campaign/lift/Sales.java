package io.regulars.campaign.lift;

import java.util.ArrayList;
import java.util.List;

/// How the sales of a customer differ between an arm and the control, everybody counted who was assigned, also
/// who bought nothing. Amounts are in the currency's unit (yuan, not fen). A figure that cannot be told is
/// null, and `notTold` says why.
///
/// @param difference of the means
/// @param interval of it, by the quantile of t
/// @param t Welch's, variances not pooled
/// @param df its degrees of freedom by Welch and Satterthwaite
/// @param p two-sided
/// @param adjustedP by Holm, over all arms that are compared
/// @param lift the difference relative to the control's mean
/// @param liftInterval by the delta method on the ratio of the means
public record Sales(
        Double difference,
        Interval interval,
        Double t,
        Double df,
        Double p,
        Double adjustedP,
        Double lift,
        Interval liftInterval,
        Needed needed,
        List<String> notTold) {

    /// @param unit of the currency in minor units: 100 for CNY
    static Sales between(Arm arm, Arm control, Double effect, Pace pace, double unit) {
        if (arm.none() || control.none()) {
            String why = "arm \"" + (arm.none() ? arm : control).name() + "\" has no customers";
            return untold(null, null, why, List.of(why));
        }
        List<String> notTold = new ArrayList<>();
        double base = control.mean();
        double difference = (arm.mean() - base) / unit;
        Double lift = base > 0 ? (Double) (arm.mean() / base - 1) : null;
        if (lift == null) {
            notTold.add("lift: " + (base == 0 ? "nobody bought in the control" : "sales of the control are negative"));
        }
        if (arm.customers() == 1 || control.customers() == 1) {
            String why = "arm \"" + (arm.customers() == 1 ? arm : control).name() + "\" has one customer: no spread";
            notTold.add("interval, t, df, p, liftInterval: " + why);
            return untold(difference, lift, why, notTold);
        }
        double ofArm = arm.variance() / arm.customers();
        double ofControl = control.variance() / control.customers();
        if (ofArm + ofControl == 0) {
            String why = "every customer of an arm spent the same: no spread";
            notTold.add("interval, t, df, p, liftInterval: " + why);
            return untold(difference, lift, why, notTold);
        }
        double error = Math.sqrt(ofArm + ofControl);
        double t = (arm.mean() - base) / error;
        double df = df(ofArm, arm.customers(), ofControl, control.customers());
        return new Sales(
                difference,
                Interval.around(difference, Distributions.student(df) * error / unit),
                t,
                df,
                Distributions.studentTwoSided(t, df),
                null,
                lift,
                lift == null ? null : Ratio.interval(arm.mean(), ofArm, base, ofControl),
                base < 0
                        ? Needed.unknown("sales of the control are negative")
                        : Needed.ofMeans(arm, control, effect, pace),
                notTold);
    }

    private static double df(double ofArm, long arm, double ofControl, long control) {
        double all = ofArm + ofControl;
        return all * all / (ofArm * ofArm / (arm - 1) + ofControl * ofControl / (control - 1));
    }

    private static Sales untold(Double difference, Double lift, String why, List<String> notTold) {
        return new Sales(difference, null, null, null, null, null, lift, null, Needed.unknown(why), notTold);
    }

    Sales adjusted(Double adjusted) {
        return new Sales(difference, interval, t, df, p, adjusted, lift, liftInterval, needed, notTold);
    }
}
