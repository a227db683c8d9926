package io.regulars.scoring.tier;

import java.math.BigDecimal;
import java.time.Period;
import java.util.List;

import io.regulars.scoring.Words;

/// How points make a tier: what a merchant edits.
///
/// @param window over which orders and amounts count; a purchase leaves it on `day + window`
/// @param ladder from the lowest tier to the highest
/// @param grace how long a customer keeps a tier whose points are gone
public record TierRules(
        Period window, Recency recency, Amounts frequency, Amounts monetary, List<Tier> ladder, Period grace) {

    /// Points for days since the last order; beyond the last bin none.
    public record Recency(int weight, List<AtMost> bins) {
        public Recency {
            bins = bins == null ? List.of() : List.copyOf(bins);
        }
    }

    /// Points for orders, or for an amount in units of the merchant's currency; below the first bin none.
    public record Amounts(int weight, List<AtLeast> bins) {
        public Amounts {
            bins = bins == null ? List.of() : List.copyOf(bins);
        }
    }

    public record AtMost(int atMost, int points) {}

    public record AtLeast(BigDecimal atLeast, int points) {}

    /// @param key how the tier is named in requests, events and campaigns
    /// @param from total points at which it begins
    public record Tier(String key, Words labels, int from, Benefits benefits) {}

    /// @param discount factor on prices, 0.95 being 9.5折; null for none
    public record Benefits(
            BigDecimal discount, BigDecimal pointsMultiplier, boolean priorityService, boolean exclusiveEvents) {}

    public TierRules {
        ladder = ladder == null ? List.of() : List.copyOf(ladder);
    }

    int greatestTotal() {
        return recency.weight()
                        * recency.bins().stream().mapToInt(AtMost::points).max().orElse(0)
                + greatest(frequency)
                + greatest(monetary);
    }

    private static int greatest(Amounts dimension) {
        return dimension.weight()
                * dimension.bins().stream().mapToInt(AtLeast::points).max().orElse(0);
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
