package io.regulars.scoring.tier;

import java.math.BigDecimal;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

import io.regulars.scoring.tier.TierRules.Amounts;
import io.regulars.scoring.tier.TierRules.Recency;
import io.regulars.scoring.tier.TierRules.Tier;

/// Says exactly what is wrong with a merchant's ladder, each fault with the field it is in.
public final class TierChecks {

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int MOST_TIERS = 20;
    private static final int MOST_POINTS = 1000;

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
        recency(rules.recency());
        amounts("tiering.frequency", rules.frequency());
        amounts("tiering.monetary", rules.monetary());
        ladder(rules.ladder());
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
            if (bin.atMost() < 0) {
                fault.accept(field + ".atMost", "must not be negative");
            } else if (i > 0 && bin.atMost() <= recency.bins().get(i - 1).atMost()) {
                fault.accept(field + ".atMost", "must be more than in the bin before it");
            }
        }
    }

    private void amounts(String dimension, Amounts amounts) {
        if (amounts == null) {
            fault.accept(dimension, "is required");
            return;
        }
        weight(dimension + ".weight", amounts.weight());
        BigDecimal before = null;
        for (var i = 0; i < amounts.bins().size(); i++) {
            var bin = amounts.bins().get(i);
            var field = dimension + ".bins[" + i + "]";
            points(field, bin.points());
            if (bin.atLeast() == null) {
                fault.accept(field + ".atLeast", "is required");
                continue;
            }
            if (bin.atLeast().signum() < 0) {
                fault.accept(field + ".atLeast", "must not be negative");
            } else if (before != null && bin.atLeast().compareTo(before) <= 0) {
                fault.accept(field + ".atLeast", "must be more than in the bin before it");
            }
            before = bin.atLeast();
        }
    }

    private void weight(String field, int weight) {
        if (weight < 0 || weight > MOST_POINTS) {
            fault.accept(field, "must be between 0 and " + MOST_POINTS);
        }
    }

    private void points(String field, int points) {
        if (points < 0 || points > MOST_POINTS) {
            fault.accept(field + ".points", "must be between 0 and " + MOST_POINTS);
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
        if (rules.recency() != null && rules.frequency() != null && rules.monetary() != null) {
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
