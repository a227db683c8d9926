package io.regulars.campaign.lift;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether the arms got customers in the ratio that was intended: chi-square goodness of fit. Where they did
/// not, the arms may differ in more than in what was tried, and no other figure can be trusted. What an arm was
/// to get is the sum of what each draw was to give it; those who were not drawn are no part of it.
///
/// @param intended each arm's share of those who were drawn, 0 to 1
/// @param mismatch whether p lies below 0.001
/// @param notTold why there are no figures, or no verdict
public record SampleRatio(
        Map<String, Double> intended, Double chiSquare, Integer df, Double p, Boolean mismatch, String notTold) {

    private static final double FLAGGED_BELOW = 0.001;

    /// Below that chi-square is no measure of chance: one customer in an arm that was to get 0.05 of one.
    private static final int LEAST_EXPECTED = 5;

    static SampleRatio of(List<Arm> arms, Lots lots) {
        if (lots.draws().isEmpty()) {
            return untold(null, null, lots.notKnown());
        }
        List<String> names = arms.stream().map(Arm::name).toList();
        Map<String, Double> intended = intended(names, lots);
        if (lots.customers() == 0) {
            return untold(intended, null, "there are no customers");
        }
        for (String arm : names) {
            if (lots.draws().stream().anyMatch(draw -> draw.weight(arm).signum() == 0 && drawn(draw, arm) > 0)) {
                return untold(intended, true, "arm \"" + arm + "\" was to get nobody and has customers");
            }
        }
        List<String> meant = names.stream().filter(arm -> intended.get(arm) > 0).toList();
        if (meant.size() < 2) {
            return untold(intended, null, "one arm only was to get customers");
        }
        return test(meant, intended, lots);
    }

    private static SampleRatio test(List<String> meant, Map<String, Double> intended, Lots lots) {
        double chiSquare = 0;
        double least = Double.MAX_VALUE;
        for (String arm : meant) {
            double expected = expected(arm, lots).doubleValue();
            long got = lots.draws().stream().mapToLong(draw -> drawn(draw, arm)).sum();
            chiSquare += (got - expected) * (got - expected) / expected;
            least = Math.min(least, expected);
        }
        int df = meant.size() - 1;
        double p = Distributions.chiSquareAbove(chiSquare, df);
        if (least < LEAST_EXPECTED) {
            return new SampleRatio(
                    intended,
                    chiSquare,
                    df,
                    p,
                    null,
                    "mismatch: an arm was to get fewer than %d customers, which tells nothing"
                            .formatted(LEAST_EXPECTED));
        }
        return new SampleRatio(intended, chiSquare, df, p, p < FLAGGED_BELOW, null);
    }

    /// Before anybody was drawn, by the last weights.
    private static Map<String, Double> intended(List<String> arms, Lots lots) {
        Map<String, Double> intended = new LinkedHashMap<>();
        Lots.Draw last = lots.draws().getLast();
        for (String arm : arms) {
            BigDecimal share = lots.customers() == 0
                    ? last.weight(arm).divide(last.sum(), MathContext.DECIMAL64)
                    : expected(arm, lots).divide(BigDecimal.valueOf(lots.customers()), MathContext.DECIMAL64);
            intended.put(arm, share.doubleValue());
        }
        return intended;
    }

    private static BigDecimal expected(String arm, Lots lots) {
        return lots.draws().stream()
                .map(draw -> BigDecimal.valueOf(draw.all())
                        .multiply(draw.weight(arm))
                        .divide(draw.sum(), MathContext.DECIMAL64))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static long drawn(Lots.Draw draw, String arm) {
        return draw.customers().getOrDefault(arm, 0L);
    }

    private static SampleRatio untold(Map<String, Double> intended, Boolean mismatch, String why) {
        return new SampleRatio(intended, null, null, null, mismatch, why);
    }
}
