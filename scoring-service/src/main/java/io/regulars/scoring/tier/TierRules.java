package io.regulars.scoring.tier;

import java.math.BigDecimal;
import java.time.Period;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.regulars.scoring.Words;
import io.regulars.scoring.dimension.Measure;
import io.regulars.scoring.dimension.Scale;

/// How points make a tier: what a merchant edits.
///
/// @param window over which orders and amounts count, unless a dimension has its own; a purchase leaves it on
///     `day + window`
/// @param also further dimensions; those that are left out count nothing
/// @param stages points for the lifecycle stage, null for none
/// @param ladder from the lowest tier to the highest
/// @param grace how long a customer keeps a tier whose points are gone
/// @param minimumStay how long a customer keeps a tier at the least, counted from the day it was reached
public record TierRules(
        Period window,
        Recency recency,
        Amounts frequency,
        Amounts monetary,
        Map<Measure, Amounts> also,
        Stages stages,
        List<Tier> ladder,
        Period grace,
        Period minimumStay) {

    /// Points for days since the last order; beyond the last bin none.
    ///
    /// @param scale what `atMost` counts in; days where it is left out
    /// @param withoutData points of who never bought
    public record Recency(int weight, List<AtMost> bins, Scale scale, int withoutData) {
        public Recency {
            bins = bins == null ? List.of() : List.copyOf(bins);
            scale = scale == null ? Scale.fixed : scale;
        }

        public Recency(int weight, List<AtMost> bins) {
            this(weight, bins, null, 0);
        }
    }

    /// Points for a count, or for an amount in units of the merchant's currency; below the first bin none.
    ///
    /// @param window null for that of the tiers
    /// @param scale what `atLeast` counts in; the dimension's own unit where it is left out
    /// @param withoutData points of who has no value: no order in the window, no rating
    /// @param halfLifeDays of a decayed frequency, null for all others
    public record Amounts(
            int weight, List<AtLeast> bins, Period window, Scale scale, int withoutData, Double halfLifeDays) {
        public Amounts {
            bins = bins == null ? List.of() : List.copyOf(bins);
            scale = scale == null ? Scale.fixed : scale;
        }

        public Amounts(int weight, List<AtLeast> bins) {
            this(weight, bins, null, null, 0, null);
        }
    }

    /// @param points by the key of a stage; the others have none
    public record Stages(int weight, Map<String, Integer> points) {
        public Stages {
            points = points == null ? Map.of() : Map.copyOf(points);
        }
    }

    public record AtMost(BigDecimal atMost, int points) {
        public AtMost(int atMost, int points) {
            this(BigDecimal.valueOf(atMost), points);
        }
    }

    public record AtLeast(BigDecimal atLeast, int points) {}

    /// @param key how the tier is named in requests, events and campaigns
    /// @param from total points at which it begins
    /// @param leaveBelow total points below which it is lost, at most `from`, which it is where it is left out
    public record Tier(String key, Words labels, int from, Integer leaveBelow, Benefits benefits) {

        public Tier(String key, Words labels, int from, Benefits benefits) {
            this(key, labels, from, null, benefits);
        }

        int keptFrom() {
            return leaveBelow == null ? from : leaveBelow;
        }
    }

    /// @param discount factor on prices, 0.95 being 9.5折; null for none
    public record Benefits(
            BigDecimal discount, BigDecimal pointsMultiplier, boolean priorityService, boolean exclusiveEvents) {}

    public TierRules {
        ladder = ladder == null ? List.of() : List.copyOf(ladder);
        also = also == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(also));
        minimumStay = minimumStay == null ? Period.ZERO : minimumStay;
    }

    public TierRules(
            Period window, Recency recency, Amounts frequency, Amounts monetary, List<Tier> ladder, Period grace) {
        this(window, recency, frequency, monetary, null, null, ladder, grace, null);
    }

    /// The same over one window.
    public TierRules within(Period everything) {
        var others = new TreeMap<Measure, Amounts>();
        also.forEach((measure, amounts) -> others.put(measure, withoutWindow(amounts)));
        return new TierRules(
                everything,
                recency,
                withoutWindow(frequency),
                withoutWindow(monetary),
                others,
                stages,
                ladder,
                grace,
                minimumStay);
    }

    private static Amounts withoutWindow(Amounts of) {
        return new Amounts(of.weight(), of.bins(), null, of.scale(), of.withoutData(), of.halfLifeDays());
    }

    int greatestTotal() {
        var recencyPoints = IntStream.concat(
                IntStream.of(recency.withoutData()), recency.bins().stream().mapToInt(AtMost::points));
        var stagePoints = stages == null
                ? 0
                : stages.weight()
                        * stages.points().values().stream()
                                .mapToInt(Integer::intValue)
                                .max()
                                .orElse(0);
        return recency.weight() * recencyPoints.max().orElse(0)
                + greatest(frequency)
                + greatest(monetary)
                + also.values().stream().mapToInt(TierRules::greatest).sum()
                + stagePoints;
    }

    private static int greatest(Amounts dimension) {
        var points = IntStream.concat(
                IntStream.of(dimension.withoutData()), dimension.bins().stream().mapToInt(AtLeast::points));
        return dimension.weight() * points.max().orElse(0);
    }

    /// The shipped ladder: 100 points, 20 for having bought lately, 40 each for how often and for how much.
    public static TierRules shipped() {
        return new TierRules(
                Period.ofDays(365),
                new Recency(4, List.of(new AtMost(30, 5), new AtMost(90, 4), new AtMost(180, 3), new AtMost(365, 2))),
                new Amounts(8, List.of(from("1", 1), from("2", 2), from("4", 3), from("8", 4), from("12", 5))),
                new Amounts(
                        8,
                        List.of(from("0.01", 1), from("500", 2), from("2000", 3), from("5000", 4), from("10000", 5))),
                List.of(
                        new Tier("new", Words.of("新客户", "New"), 0, benefits(null, "1", false, false)),
                        new Tier("ordinary", Words.of("普通", "Ordinary"), 44, benefits("0.98", "1", false, false)),
                        new Tier("senior", Words.of("高级", "Senior"), 60, benefits("0.95", "1.2", false, false)),
                        new Tier("vip", Words.of("VIP", "VIP"), 76, benefits("0.88", "1.5", true, false)),
                        new Tier("super-vip", Words.of("超级VIP", "Super VIP"), 92, benefits("0.85", "2", true, true))),
                Period.ofDays(30));
    }

    private static AtLeast from(String atLeast, int points) {
        return new AtLeast(new BigDecimal(atLeast), points);
    }

    private static Benefits benefits(String discount, String multiplier, boolean priority, boolean events) {
        return new Benefits(
                discount == null ? null : new BigDecimal(discount), new BigDecimal(multiplier), priority, events);
    }
}
