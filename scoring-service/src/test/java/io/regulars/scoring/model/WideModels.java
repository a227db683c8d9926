package io.regulars.scoring.model;

import java.math.BigDecimal;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.regulars.scoring.Words;
import io.regulars.scoring.churn.ChurnRules;
import io.regulars.scoring.classes.ClassRules;
import io.regulars.scoring.dimension.Limits;
import io.regulars.scoring.dimension.Measure;
import io.regulars.scoring.dimension.Scale;
import io.regulars.scoring.group.CutPoints;
import io.regulars.scoring.group.GroupRules;
import io.regulars.scoring.lifecycle.LifecycleRules;
import io.regulars.scoring.lifecycle.PurchaseCycle;
import io.regulars.scoring.lifecycle.Stage;
import io.regulars.scoring.tier.TierRules;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Random models that use whatever a model can: every dimension over a window of its own, fixed and learned
/// thresholds, tiers that are left later than they are reached, minimum stays, quintiles, promotions left out.
public final class WideModels {

    private static final List<Period> WINDOWS =
            List.of(Period.ofDays(1), Period.ofDays(30), Period.ofMonths(3), Period.ofDays(365));

    private final Random chance;
    private final Map<String, Limits> learned = new HashMap<>();

    private WideModels(long seed) {
        chance = new Random(seed);
    }

    static Arbitrary<Model> models(Arbitrary<String> zones) {
        return Combinators.combine(zones, Arbitraries.longs())
                .as((zone, seed) -> model(seed, 1, ZoneId.of(zone), null, null));
    }

    /// @param lifecycle null for the shipped one
    /// @param churn null for the shipped ones
    public static Model model(long seed, int version, ZoneId zone, LifecycleRules lifecycle, ChurnRules churn) {
        return new WideModels(seed).of(version, zone, lifecycle, churn);
    }

    private Model of(int version, ZoneId zone, LifecycleRules lifecycle, ChurnRules churn) {
        var tiering = tiering();
        var quintiles = chance.nextBoolean();
        var groups = new GroupRules(
                quintiles ? GroupRules.Split.quintiles : GroupRules.Split.mean, maybe(window()), null, null);
        if (quintiles && chance.nextInt(10) > 0) {
            learned.put("groups.recency", limits(4, 200, false));
            learned.put("groups.frequency", limits(5, 8, true));
            learned.put("groups.monetary", limits(5, 1_000_000, false));
        }
        var definition = new ModelDefinition(
                tiering,
                groups,
                lifecycle,
                null,
                null,
                churn,
                new ClassRules(new ClassRules.Frequency(window(), 1 + chance.nextInt(4)), null, null, null, null),
                maybe(ModelDefinition.BigPromotions.leftOut));
        var cycle = 1 + chance.nextInt(900) / 10.0;
        return new Model(
                version,
                definition,
                new Calibration(
                        version, new CutPoints(40, 2, 100_00), new PurchaseCycle(cycle, cycle, 10, 10), learned),
                zone,
                2);
    }

    private <T> T maybe(T one) {
        return chance.nextBoolean() ? one : null;
    }

    private Period window() {
        return WINDOWS.get(chance.nextInt(WINDOWS.size()));
    }

    private TierRules tiering() {
        var also = new EnumMap<Measure, TierRules.Amounts>(Measure.class);
        for (var measure : Measure.values()) {
            if (chance.nextInt(3) == 0) {
                also.put(measure, amounts(measure.name(), 3, measure == Measure.satisfaction ? 90 : 4, measure));
            }
        }
        var stages = maybe(new TierRules.Stages(
                1 + chance.nextInt(3), Map.of(Stage.GROWING.key(), 6, Stage.MATURE.key(), 4, Stage.NEW.key(), 1)));
        return new TierRules(
                window(),
                recency(),
                amounts("frequency", 3, 5, null),
                amounts("monetary", 2, 3_000, null),
                also,
                stages,
                ladder(),
                chance.nextBoolean() ? Period.ZERO : window(),
                maybe(window()));
    }

    private TierRules.Recency recency() {
        var scale = chance.nextBoolean() ? Scale.fixed : Scale.rank;
        if (scale.learned()) {
            learned.put("recency", limits(2, 100, true));
            return new TierRules.Recency(
                    2,
                    List.of(
                            new TierRules.AtMost(new BigDecimal("0.3"), 5),
                            new TierRules.AtMost(new BigDecimal("0.7"), 2)),
                    scale,
                    0);
        }
        var first = chance.nextInt(60);
        return new TierRules.Recency(
                1, List.of(new TierRules.AtMost(first, 8), new TierRules.AtMost(first + 1 + chance.nextInt(90), 3)));
    }

    private TierRules.Amounts amounts(String name, int bins, int greatest, Measure measure) {
        var scale = Scale.values()[chance.nextInt(Scale.values().length)];
        if (scale.learned() && chance.nextInt(10) > 0) {
            var minor = name.equals("monetary") || measure == Measure.averageOrderValue ? 100 : 1;
            learned.put(name, limits(bins, greatest * minor, scale == Scale.rank));
        }
        var steps = new ArrayList<TierRules.AtLeast>();
        for (var i = 0; i < bins; i++) {
            var at = scale.isShare() ? (i + 1) / (bins + 1.0) : (i + 0.5) * greatest / bins;
            steps.add(new TierRules.AtLeast(BigDecimal.valueOf(at), 2 * (i + 1)));
        }
        return new TierRules.Amounts(
                1 + chance.nextInt(3),
                steps,
                maybe(window()),
                scale,
                chance.nextInt(4),
                measure == Measure.decayedFrequency ? 1 + chance.nextDouble() * 60 : null);
    }

    private Limits limits(int count, int greatest, boolean byRank) {
        var values =
                chance.doubles(count, 0, greatest).map(Math::floor).sorted().toArray();
        return new Limits(values, byRank ? chance.longs(count, 0, 3).toArray() : null);
    }

    private List<TierRules.Tier> ladder() {
        var gold = 3 + chance.nextInt(8);
        var platinum = gold + 1 + chance.nextInt(8);
        return List.of(
                tier("base", 0, null),
                tier("gold", gold, maybe(chance.nextInt(gold))),
                tier("platinum", platinum, maybe(chance.nextInt(platinum))));
    }

    private static TierRules.Tier tier(String key, int from, Integer leaveBelow) {
        return new TierRules.Tier(key, Words.of(key, key), from, leaveBelow, null);
    }
}
