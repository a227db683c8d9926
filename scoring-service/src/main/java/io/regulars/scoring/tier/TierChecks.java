package io.regulars.scoring.tier;

import java.math.BigDecimal;
import java.time.Period;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

import io.regulars.scoring.dimension.Measure;
import io.regulars.scoring.dimension.Scale;
import io.regulars.scoring.lifecycle.Stage;
import io.regulars.scoring.tier.TierRules.Amounts;
import io.regulars.scoring.tier.TierRules.Recency;
import io.regulars.scoring.tier.TierRules.Tier;

/// Says exactly what is wrong with a merchant's ladder, each fault with the field it is in.
public final class TierChecks {

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int MOST_TIERS = 20;
    private static final int MOST_POINTS = 1000;
    private static final BigDecimal MOST_LIMIT = BigDecimal.valueOf(1_000_000_000_000L);

    private final TierRules rules;
    private final BiConsumer<String, String> fault;

    private TierChecks(TierRules rules, BiConsumer<String, String> fault) {
        this.rules = rules;
        this.fault = fault;
    }

    public static void check(TierRules rules, BiConsumer<String, String> fault) {
        if (rules == null) {
            fault.accept("tiering", "is required");
            return;
        }
        new TierChecks(rules, fault).all();
    }

    private void all() {
        period("tiering.window", rules.window(), false);
        period("tiering.grace", rules.grace(), true);
        period("tiering.minimumStay", rules.minimumStay(), true);
        recency(rules.recency());
        amounts("tiering.frequency", rules.frequency());
        amounts("tiering.monetary", rules.monetary());
        rules.also().forEach((measure, amounts) -> amounts("tiering.also." + measure, amounts));
        halfLives();
        stages(rules.stages());
        weights();
        ladder(rules.ladder());
    }

    private void halfLives() {
        halfLife("tiering.frequency", rules.frequency(), false);
        halfLife("tiering.monetary", rules.monetary(), false);
        rules.also()
                .forEach((measure, amounts) ->
                        halfLife("tiering.also." + measure, amounts, measure == Measure.decayedFrequency));
    }

    private void halfLife(String dimension, Amounts amounts, boolean wanted) {
        if (amounts == null) {
            return;
        }
        var days = amounts.halfLifeDays();
        if (!wanted && days != null) {
            fault.accept(dimension + ".halfLifeDays", "is only for decayedFrequency");
        } else if (wanted && (days == null || !(days >= 1 && days <= 3650))) {
            fault.accept(dimension + ".halfLifeDays", "is required, between 1 and 3650");
        }
    }

    private void stages(TierRules.Stages stages) {
        if (stages == null) {
            return;
        }
        weight("tiering.stages.weight", stages.weight());
        var known = Arrays.stream(Stage.values()).map(Stage::key).toList();
        stages.points().forEach((stage, points) -> {
            if (!known.contains(stage)) {
                fault.accept("tiering.stages.points." + stage, "is no stage: " + String.join(", ", known));
            } else if (points == null || points < 0 || points > MOST_POINTS) {
                fault.accept("tiering.stages.points." + stage, "must be between 0 and " + MOST_POINTS);
            }
        });
    }

    /// Where nothing weighs anything, nobody can rise.
    private void weights() {
        if (rules.recency() == null || rules.frequency() == null || rules.monetary() == null) {
            return;
        }
        var sum = rules.recency().weight()
                + rules.frequency().weight()
                + rules.monetary().weight()
                + rules.also().values().stream()
                        .filter(Objects::nonNull)
                        .mapToInt(Amounts::weight)
                        .sum()
                + (rules.stages() == null ? 0 : rules.stages().weight());
        if (sum <= 0) {
            fault.accept("tiering", "the weights add up to " + sum + ": nothing earns a point");
        }
    }

    private void period(String field, Period period, boolean zeroAllowed) {
        if (period == null) {
            fault.accept(field, "is required");
        } else if (period.isNegative() || (period.isZero() && !zeroAllowed)) {
            fault.accept(field, zeroAllowed ? "must not be negative" : "must be longer than nothing");
        }
    }

    private void recency(Recency recency) {
        if (recency == null) {
            fault.accept("tiering.recency", "is required");
            return;
        }
        weight("tiering.recency.weight", recency.weight());
        for (var i = 0; i < recency.bins().size(); i++) {
            var bin = recency.bins().get(i);
            var field = "tiering.recency.bins[" + i + "]";
            points(field, bin.points());
            threshold(
                    field + ".atMost",
                    bin.atMost(),
                    i == 0 ? null : recency.bins().get(i - 1).atMost(),
                    recency.scale());
        }
        points("tiering.recency.withoutData", recency.withoutData());
    }

    /// Bins may not overlap: each begins where the one before it ends.
    private void threshold(String field, BigDecimal limit, BigDecimal before, Scale scale) {
        if (limit == null) {
            fault.accept(field, "is required");
        } else if (limit.signum() < 0) {
            fault.accept(field, "must not be negative");
        } else if (scale.isShare() && limit.compareTo(BigDecimal.ONE) > 0) {
            fault.accept(field, "is a share of the buyers, from 0 to 1, where the scale is " + scale);
        } else if (limit.compareTo(MOST_LIMIT) > 0) {
            fault.accept(field, "must be at most " + MOST_LIMIT.toPlainString());
        } else if (before != null && limit.compareTo(before) <= 0) {
            fault.accept(field, "must be more than in the bin before it");
        }
    }

    private void amounts(String dimension, Amounts amounts) {
        if (amounts == null) {
            fault.accept(dimension, "is required");
            return;
        }
        weight(dimension + ".weight", amounts.weight());
        if (amounts.window() != null) {
            period(dimension + ".window", amounts.window(), false);
        }
        for (var i = 0; i < amounts.bins().size(); i++) {
            var bin = amounts.bins().get(i);
            var field = dimension + ".bins[" + i + "]";
            points(field, bin.points());
            threshold(
                    field + ".atLeast",
                    bin.atLeast(),
                    i == 0 ? null : amounts.bins().get(i - 1).atLeast(),
                    amounts.scale());
        }
        points(dimension + ".withoutData", amounts.withoutData());
    }

    private void weight(String field, int weight) {
        if (weight < 0 || weight > MOST_POINTS) {
            fault.accept(field, "must be between 0 and " + MOST_POINTS);
        }
    }

    private void points(String field, int points) {
        if (points < 0 || points > MOST_POINTS) {
            fault.accept(
                    field.endsWith("withoutData") ? field : field + ".points", "must be between 0 and " + MOST_POINTS);
        }
    }

    private void ladder(List<Tier> ladder) {
        if (ladder.isEmpty() || ladder.size() > MOST_TIERS) {
            fault.accept("tiering.ladder", "must have 1 to " + MOST_TIERS + " tiers");
            return;
        }
        var keys = new HashSet<String>();
        for (var i = 0; i < ladder.size(); i++) {
            tier(i, ladder.get(i), i == 0 ? null : ladder.get(i - 1), keys);
        }
        if (rules.recency() != null
                && rules.frequency() != null
                && rules.monetary() != null
                && rules.also().values().stream().noneMatch(Objects::isNull)) {
            reachable(ladder);
        }
    }

    private void tier(int i, Tier tier, Tier before, HashSet<String> keys) {
        var field = "tiering.ladder[" + i + "]";
        if (tier.key() == null || !KEY.matcher(tier.key()).matches()) {
            fault.accept(field + ".key", "must be 1 to 40 of a-z, 0-9 and -, beginning with a letter");
        } else if (!keys.add(tier.key())) {
            fault.accept(field + ".key", "is used twice: " + tier.key());
        }
        if (tier.labels() == null
                || blank(tier.labels().zh())
                || blank(tier.labels().en())) {
            fault.accept(field + ".labels", "zh and en are required");
        }
        if (before == null && tier.from() != 0) {
            fault.accept(field + ".from", "must be 0: every customer has a tier");
        } else if (before != null && tier.from() <= before.from()) {
            fault.accept(field + ".from", "must be more than that of the tier before it, " + before.from());
        }
        if (tier.leaveBelow() != null && (tier.leaveBelow() < 0 || tier.leaveBelow() > tier.from())) {
            fault.accept(field + ".leaveBelow", "must be between 0 and from, " + tier.from());
        }
    }

    private void reachable(List<Tier> ladder) {
        var greatest = rules.greatestTotal();
        for (var i = 0; i < ladder.size(); i++) {
            if (ladder.get(i).from() > greatest) {
                fault.accept(
                        "tiering.ladder[" + i + "].from", "can never be reached: the points add up to " + greatest);
            }
        }
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
