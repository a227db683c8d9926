package io.regulars.scoring.group;

import java.math.BigDecimal;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.regulars.scoring.Words;

/// How a shop splits its customers into groups: what a merchant edits.
///
/// @param window over which orders and amounts count; absent for all of the history
/// @param fixed the cut-points where `split` is `fixed`
/// @param labels names for keys that the merchant renames; the others keep the shipped name
public record GroupRules(Split split, Period window, Fixed fixed, Map<String, Words> labels) {

    public enum Split {
        mean,
        median,
        fixed,
        /// Scores of one to five by the buyers' quintiles, and ten segments by recency and frequency instead of the
        /// eight groups.
        quintiles
    }

    /// @param monetary in units of the merchant's currency
    public record Fixed(double recencyDays, double frequency, BigDecimal monetary) {}

    public GroupRules {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    public static GroupRules shipped() {
        return new GroupRules(Split.mean, null, null, Map.of());
    }

    public Words label(String key) {
        return labels.getOrDefault(key, split == Split.quintiles ? Segments.label(key) : Groups.shippedLabel(key));
    }

    /// From the best to the worst.
    public List<String> keys() {
        return split == Split.quintiles ? Segments.KEYS : Groups.KEYS;
    }

    public void check(BiConsumer<String, String> fault) {
        if (split == null) {
            fault.accept("groups.split", "is required: mean, median, fixed or quintiles");
        }
        if (split == Split.fixed && fixed == null) {
            fault.accept("groups.fixed", "is required where split is fixed");
        }
        if (split != Split.fixed && fixed != null) {
            fault.accept("groups.fixed", "is only for split fixed");
        }
        if (fixed != null && (fixed.recencyDays() < 0 || fixed.frequency() < 0 || fixed.monetary() == null)) {
            fault.accept("groups.fixed", "recencyDays, frequency and monetary are required and not negative");
        }
        if (window != null && (window.isNegative() || window.isZero())) {
            fault.accept("groups.window", "must be longer than nothing, or absent for all of the history");
        }
        for (var label : labels.entrySet()) {
            if (!keys().contains(label.getKey())) {
                fault.accept("groups.labels." + label.getKey(), "is no group: " + String.join(", ", keys()));
            } else if (label.getValue().zh() == null || label.getValue().en() == null) {
                fault.accept("groups.labels." + label.getKey(), "zh and en are required");
            }
        }
    }
}
