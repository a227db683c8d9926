package io.regulars.scoring.tier;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.regulars.scoring.dimension.Acted;
import io.regulars.scoring.dimension.Bins;
import io.regulars.scoring.dimension.Breadth;
import io.regulars.scoring.dimension.Decayed;
import io.regulars.scoring.dimension.Dimension;
import io.regulars.scoring.dimension.LimitSample;
import io.regulars.scoring.dimension.Limits;
import io.regulars.scoring.dimension.Measure;
import io.regulars.scoring.dimension.Purchased;
import io.regulars.scoring.dimension.Recency;
import io.regulars.scoring.dimension.Scale;
import io.regulars.scoring.dimension.Staged;
import io.regulars.scoring.lifecycle.Lifecycle;
import io.regulars.scoring.tier.TierRules.Amounts;
import io.regulars.scoring.tier.TierRules.AtLeast;
import io.regulars.scoring.tier.TierRules.AtMost;

/// Makes the dimensions that the rules of the tiers name.
public final class TierDimensions {

    public static final String FREQUENCY = "frequency";
    public static final String MONETARY = "monetary";

    private final TierRules rules;
    private final int fractionDigits;
    private final Map<String, Limits> learned;

    /// @param fractionDigits of the merchant's currency
    /// @param learned by the dimension's name
    public TierDimensions(TierRules rules, int fractionDigits, Map<String, Limits> learned) {
        this.rules = rules;
        this.fractionDigits = fractionDigits;
        this.learned = learned;
    }

    /// Recency, frequency and monetary value first.
    List<Dimension> all(Lifecycle lifecycle) {
        var all = new ArrayList<Dimension>();
        all.add(recency());
        all.add(purchased(FREQUENCY, Purchased.Of.orders, rules.frequency(), 0));
        all.add(purchased(MONETARY, Purchased.Of.amount, rules.monetary(), fractionDigits));
        rules.also().forEach((measure, amounts) -> all.add(further(measure, amounts)));
        if (rules.stages() != null) {
            all.add(new Staged(
                    lifecycle, rules.stages().weight(), rules.stages().points()));
        }
        return List.copyOf(all);
    }

    /// Whether the dimension's values are minor units.
    public static boolean isMoney(String name) {
        return name.equals(MONETARY) || name.equals(Measure.averageOrderValue.name());
    }

    /// What is to be learned, by the dimension's name, each with the dimension itself to measure by.
    public static Map<Dimension, LimitSample> samples(TierRules rules, int fractionDigits) {
        var samples = new HashMap<Dimension, LimitSample>();
        for (var dimension : new TierDimensions(rules, fractionDigits, Map.of()).measured()) {
            var scale = scale(rules, dimension.name());
            if (scale.learned()) {
                var atMost = dimension instanceof Recency;
                samples.put(dimension, new LimitSample(atMost, scale, thresholds(rules, dimension.name())));
            }
        }
        return samples;
    }

    private List<Dimension> measured() {
        return all(null).stream()
                .filter(dimension -> !(dimension instanceof Staged))
                .toList();
    }

    private static Scale scale(TierRules rules, String name) {
        return name.equals(Recency.NAME)
                ? rules.recency().scale()
                : amounts(rules, name).scale();
    }

    private static double[] thresholds(TierRules rules, String name) {
        return name.equals(Recency.NAME)
                ? rules.recency().bins().stream()
                        .map(AtMost::atMost)
                        .mapToDouble(BigDecimal::doubleValue)
                        .toArray()
                : amounts(rules, name).bins().stream()
                        .map(AtLeast::atLeast)
                        .mapToDouble(BigDecimal::doubleValue)
                        .toArray();
    }

    private static Amounts amounts(TierRules rules, String name) {
        return switch (name) {
            case FREQUENCY -> rules.frequency();
            case MONETARY -> rules.monetary();
            default -> rules.also().get(Measure.valueOf(name));
        };
    }

    private Recency recency() {
        var of = rules.recency();
        var points = of.bins().stream().mapToInt(AtMost::points).toArray();
        return new Recency(of.weight(), bins(Recency.NAME, true, of.scale(), points, 0), of.withoutData());
    }

    private Dimension further(Measure measure, Amounts of) {
        var window = window(of);
        var digits = measure.isMoney() ? fractionDigits : 0;
        var bins = bins(measure.name(), of, digits);
        return switch (measure) {
            case averageOrderValue -> purchased(measure.name(), Purchased.Of.averageOrder, of, digits);
            case purchaseDays -> purchased(measure.name(), Purchased.Of.days, of, digits);
            case decayedFrequency -> new Decayed(window, of.halfLifeDays(), of.weight(), bins, of.withoutData());
            case categoryBreadth -> new Breadth(window, of.weight(), bins, of.withoutData());
            case interaction, visits, satisfaction -> new Acted(measure, window, of.weight(), bins, of.withoutData());
        };
    }

    private Purchased purchased(String name, Purchased.Of of, Amounts amounts, int digits) {
        return new Purchased(
                name, of, window(amounts), amounts.weight(), bins(name, amounts, digits), amounts.withoutData());
    }

    private Period window(Amounts of) {
        return of.window() == null ? rules.window() : of.window();
    }

    private Bins bins(String name, Amounts of, int digits) {
        var points = of.bins().stream().mapToInt(AtLeast::points).toArray();
        return bins(name, false, of.scale(), points, digits);
    }

    /// An amount is reached in whole minor units: a threshold between two of them is the next.
    private Bins bins(String name, boolean atMost, Scale scale, int[] points, int digits) {
        if (scale.learned()) {
            var limits = learned.get(name);
            return limits == null || limits.values().length != points.length
                    ? null
                    : new Bins(atMost, limits.values(), limits.ties(), points);
        }
        var limits = java.util.Arrays.stream(thresholds(rules, name))
                .mapToObj(BigDecimal::valueOf)
                .map(limit -> digits == 0 ? limit : limit.movePointRight(digits).setScale(0, RoundingMode.CEILING))
                .mapToDouble(BigDecimal::doubleValue)
                .toArray();
        return new Bins(atMost, limits, null, points);
    }
}
