package io.regulars.campaign.lift;

import java.util.List;

/// Whether the arms differ at all in how many converted: Pearson's chi-square of arm by converted, no
/// correction.
///
/// @param notTold why there are no figures
public record Overall(Double chiSquare, Integer df, Double p, String notTold) {

    static Overall of(List<Arm> all) {
        List<Arm> arms = all.stream().filter(arm -> !arm.none()).toList();
        if (arms.size() < 2) {
            return new Overall(null, null, null, "it takes two arms with customers");
        }
        long customers = arms.stream().mapToLong(Arm::customers).sum();
        long converted = arms.stream().mapToLong(Arm::converted).sum();
        if (converted == 0 || converted == customers) {
            return new Overall(null, null, null, (converted == 0 ? "nobody" : "everybody") + " converted");
        }
        double rate = (double) converted / customers;
        double chiSquare = arms.stream()
                .mapToDouble(arm -> {
                    double off = arm.converted() - arm.customers() * rate;
                    return off * off / (arm.customers() * rate * (1 - rate));
                })
                .sum();
        int df = arms.size() - 1;
        return new Overall(chiSquare, df, Distributions.chiSquareAbove(chiSquare, df), null);
    }
}
