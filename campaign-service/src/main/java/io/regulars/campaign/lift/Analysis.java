package io.regulars.campaign.lift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.regulars.kit.money.Money;

/// What an experiment showed. What cannot be told is absent, with its reason beside it; nothing is ever NaN.
/// Figures are shown to ten significant digits.
///
/// @param control the arm that the others are compared with, or null
/// @param comparisons of each other arm with the control
/// @param cautions what to bear in mind with the figures
/// @param notTold why nothing is compared
/// @param methods by which each figure was made
public record Analysis(
        String control,
        List<ArmFigures> arms,
        List<Comparison> comparisons,
        Overall overall,
        SampleRatio sampleRatio,
        List<String> cautions,
        List<String> notTold,
        Map<String, String> methods) {

    /// @param rate null of an arm without customers
    /// @param salesPerCustomer in the currency's unit; null of an arm without customers
    /// @param deviation of the sales of a customer, with n - 1; null of fewer than two customers
    public record ArmFigures(
            String arm,
            long customers,
            long converted,
            Double rate,
            Money sales,
            Double salesPerCustomer,
            Double deviation) {}

    public record Comparison(String arm, Conversion conversion, Sales sales) {}

    private static final int FEW = 5;

    private static final Map<String, String> METHODS = described();

    public static Analysis of(Experiment asked) {
        double unit = Math.pow(10, Money.digits(asked.currency()));
        Arm control = asked.controlArm().orElse(null);
        return new Analysis(
                control == null ? null : control.name(),
                asked.arms().stream().map(arm -> figures(arm, asked, unit)).toList(),
                control == null ? List.of() : comparisons(control, asked, unit),
                Overall.of(asked.arms()),
                SampleRatio.of(asked.arms(), asked.lots()),
                cautions(asked),
                notTold(asked),
                METHODS);
    }

    private static ArmFigures figures(Arm arm, Experiment asked, double unit) {
        return new ArmFigures(
                arm.name(),
                arm.customers(),
                arm.converted(),
                arm.none() ? null : arm.rate(),
                Money.ofMinor(arm.sales(), asked.currency()),
                arm.none() ? null : arm.mean() / unit,
                arm.customers() < 2 ? null : Math.sqrt(arm.variance()) / unit);
    }

    private static List<Comparison> comparisons(Arm control, Experiment asked, double unit) {
        List<Arm> others =
                asked.arms().stream().filter(arm -> !arm.equals(control)).toList();
        List<Conversion> conversions = others.stream()
                .map(arm -> Conversion.between(arm, control, asked.effect(), asked.pace()))
                .toList();
        List<Sales> sales = others.stream()
                .map(arm -> Sales.between(arm, control, asked.effect(), asked.pace(), unit))
                .toList();
        List<Double> conversionPs =
                Holm.adjust(conversions.stream().map(Conversion::p).toList());
        List<Double> salesPs = Holm.adjust(sales.stream().map(Sales::p).toList());
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            comparisons.add(new Comparison(
                    others.get(i).name(),
                    conversions.get(i).adjusted(conversionPs.get(i)),
                    sales.get(i).adjusted(salesPs.get(i))));
        }
        return comparisons;
    }

    private static List<String> cautions(Experiment asked) {
        return asked.arms().stream()
                .filter(arm -> !arm.none() && Math.min(arm.converted(), arm.customers() - arm.converted()) < FEW)
                .map(arm ->
                        "arm \"%s\" has fewer than %d customers who converted, or who did not: its intervals are rough"
                                .formatted(arm.name(), FEW))
                .toList();
    }

    private static List<String> notTold(Experiment asked) {
        if (asked.control() == null) {
            return List.of("comparisons: no arm is named as the control");
        }
        if (asked.controlArm().isEmpty()) {
            return List.of("comparisons: there is no arm \"" + asked.control() + "\"");
        }
        return asked.arms().size() == 1 ? List.of("comparisons: there is no other arm") : List.of();
    }

    private static Map<String, String> described() {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put("conversion.interval", "95 %, Wald, variances not pooled");
        methods.put("conversion.z", "two proportions, pooled; p two-sided");
        methods.put(
                "sales.t", "Welch; df by Welch and Satterthwaite; p two-sided; interval of 95 % by the quantile of t");
        methods.put("liftInterval", "95 %, delta method on the ratio, normal quantile");
        methods.put("adjustedP", "Holm, over the arms that are compared");
        methods.put("overall", "Pearson's chi-square of arm by converted, no correction for continuity");
        methods.put(
                "sampleRatio",
                "chi-square goodness of fit, each customer by the weights that drew them; a mismatch below 0.001");
        methods.put(
                "needed",
                "80 % power at 5 %, two-sided, at the present ratio of the arms; rates by Fleiss without correction,"
                        + " sales by the normal distribution; days at the rate at which each of the two arms got its"
                        + " customers so far");
        return Collections.unmodifiableMap(methods);
    }
}
