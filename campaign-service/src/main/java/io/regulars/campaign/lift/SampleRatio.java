package io.regulars.campaign.lift;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether the arms got customers in the ratio that was intended: chi-square goodness of fit. Where they did
/// not, the arms may differ in more than in what was tried, and no other figure can be trusted.
///
/// @param intended each arm's share, 0 to 1
/// @param mismatch whether p lies below 0.001
/// @param notTold why there are no figures
public record SampleRatio(
        Map<String, Double> intended, Double chiSquare, Integer df, Double p, Boolean mismatch, String notTold) {

    private static final double FLAGGED_BELOW = 0.001;

    /// @param weights by arm; not all zero
    static SampleRatio of(List<Arm> arms, Map<String, BigDecimal> weights) {
        if (weights == null) {
            return untold(null, null, "the intended shares are not known");
        }
        double sum =
                weights.values().stream().mapToDouble(BigDecimal::doubleValue).sum();
        Map<String, Double> intended = new LinkedHashMap<>();
        arms.forEach(arm -> intended.put(
                arm.name(), weights.getOrDefault(arm.name(), BigDecimal.ZERO).doubleValue() / sum));
        long customers = arms.stream().mapToLong(Arm::customers).sum();
        if (customers == 0) {
            return untold(intended, null, "there are no customers");
        }
        for (Arm arm : arms) {
            if (intended.get(arm.name()) == 0 && !arm.none()) {
                return untold(intended, true, "arm \"" + arm.name() + "\" was to get nobody and has customers");
            }
        }
        List<Arm> meant =
                arms.stream().filter(arm -> intended.get(arm.name()) > 0).toList();
        if (meant.size() < 2) {
            return untold(intended, null, "one arm only was to get customers");
        }
        double chiSquare = meant.stream()
                .mapToDouble(arm -> {
                    double expected = customers * intended.get(arm.name());
                    return (arm.customers() - expected) * (arm.customers() - expected) / expected;
                })
                .sum();
        int df = meant.size() - 1;
        double p = Distributions.chiSquareAbove(chiSquare, df);
        return new SampleRatio(intended, chiSquare, df, p, p < FLAGGED_BELOW, null);
    }

    private static SampleRatio untold(Map<String, Double> intended, Boolean mismatch, String why) {
        return new SampleRatio(intended, null, null, null, mismatch, why);
    }
}
