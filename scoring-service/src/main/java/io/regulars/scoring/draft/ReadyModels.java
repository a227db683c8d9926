package io.regulars.scoring.draft;

import java.math.BigDecimal;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.regulars.scoring.Words;
import io.regulars.scoring.dimension.Scale;
import io.regulars.scoring.group.GroupRules;
import io.regulars.scoring.model.ModelDefinition;
import io.regulars.scoring.tier.TierRules;
import io.regulars.scoring.tier.TierRules.Amounts;
import io.regulars.scoring.tier.TierRules.AtLeast;
import io.regulars.scoring.tier.TierRules.AtMost;
import io.regulars.scoring.tier.TierRules.Benefits;
import io.regulars.scoring.tier.TierRules.Recency;
import io.regulars.scoring.tier.TierRules.Tier;

/// Models to begin with: valid as they are, to be drafted by their key and changed from there.
final class ReadyModels {

    private static final int WEIGHT_OF_RECENCY = 4;
    private static final int WEIGHT = 8;
    private static final int BINS = 5;

    private ReadyModels() {}

    /// @param about what it does
    record Ready(String key, Words labels, Words about, ModelDefinition definition) {}

    static final List<Ready> ALL = List.of(
            new Ready(
                    "five-tiers",
                    Words.of("五级会员", "Five tiers"),
                    Words.of(
                            "新客户、普通、高级、VIP、超级VIP，按固定门槛计分；八个RFM客群按均值划分",
                            "New to Super VIP by fixed thresholds; the eight RFM groups by the shop's means"),
                    ModelDefinition.shipped()),
            new Ready(
                    "rfm-quintiles",
                    Words.of("RFM五分位与十个客群", "RFM quintiles, ten segments"),
                    Words.of(
                            "最近、次数、金额各按全店五分位打1至5分，客户归入十个常用客群",
                            "Recency, frequency and monetary value score 1 to 5 by the shop's quintiles; customers fall"
                                    + " into the ten usual segments"),
                    new ModelDefinition(
                            tiering(TierRules.shipped().ladder()),
                            new GroupRules(GroupRules.Split.quintiles, null, null, null),
                            null,
                            null,
                            Period.ofDays(7),
                            null)),
            new Ready(
                    "value",
                    Words.of("高价值、潜力、普通", "High value, potential, ordinary"),
                    Words.of(
                            "按全店排名打分，高价值与潜力客户有保留门槛，不会因一分之差来回变动",
                            "Three tiers by where a customer stands in the shop; a tier is kept some points below where"
                                    + " it begins, so that nobody goes to and fro for a point"),
                    new ModelDefinition(
                            tiering(List.of(
                                    new Tier("ordinary", Words.of("普通", "Ordinary"), 0, benefits(null, "1", false)),
                                    new Tier(
                                            "potential",
                                            Words.of("潜力", "Potential"),
                                            56,
                                            50,
                                            benefits("0.95", "1.2", false)),
                                    new Tier(
                                            "high-value",
                                            Words.of("高价值", "High value"),
                                            80,
                                            72,
                                            benefits("0.88", "1.5", true)))),
                            null,
                            null,
                            null,
                            Period.ofDays(7),
                            null)));

    static Optional<Ready> named(String key) {
        return ALL.stream().filter(ready -> ready.key().equals(key)).findFirst();
    }

    /// Five bins each: one to five points, together 20 to 100.
    private static TierRules tiering(List<Tier> ladder) {
        return new TierRules(
                Period.ofDays(365),
                new Recency(
                        WEIGHT_OF_RECENCY,
                        IntStream.rangeClosed(1, BINS)
                                .mapToObj(bin -> new AtMost(share(bin), BINS + 1 - bin))
                                .toList(),
                        Scale.quantile,
                        0),
                amounts(Scale.rank),
                amounts(Scale.quantile),
                null,
                null,
                ladder,
                Period.ofDays(30),
                null);
    }

    private static Amounts amounts(Scale scale) {
        var bins = IntStream.range(0, BINS)
                .mapToObj(bin -> new AtLeast(share(bin), bin + 1))
                .toList();
        return new Amounts(WEIGHT, bins, null, scale, 0, null);
    }

    private static BigDecimal share(int bin) {
        return BigDecimal.valueOf(bin).divide(BigDecimal.valueOf(BINS));
    }

    private static Benefits benefits(String discount, String multiplier, boolean priority) {
        return new Benefits(
                discount == null ? null : new BigDecimal(discount), new BigDecimal(multiplier), priority, false);
    }
}
