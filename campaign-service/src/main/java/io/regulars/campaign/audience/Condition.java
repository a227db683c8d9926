package io.regulars.campaign.audience;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Which customers: a small tree that people write as JSON and that becomes one SQL `where`.
public sealed interface Condition {

    /// Every one of them holds; none at all means every customer.
    record All(List<Condition> parts) implements Condition {}

    record Any(List<Condition> parts) implements Condition {}

    record Not(Condition part) implements Condition {}

    /// @param key the attribute's name, where the field is one; else null
    /// @param values of the field's type: texts, whole numbers, decimals, days, flags, ids of segments
    /// @param within how long ago at most, or how soon at the latest; else null
    /// @param only what else must be so of what is counted; of each any of the values
    record Leaf(Field field, String key, Op op, List<Object> values, Duration within, Map<Qualifier, List<Object>> only)
            implements Condition {

        public Leaf {
            values = List.copyOf(values);
            only = Map.copyOf(only);
        }

        /// For people, in English.
        public String describe() {
            return ConditionWords.english(this);
        }
    }

    Condition EVERYONE = new All(List.of());

    default Stream<Leaf> leaves() {
        return switch (this) {
            case All(var parts) -> parts.stream().flatMap(Condition::leaves);
            case Any(var parts) -> parts.stream().flatMap(Condition::leaves);
            case Not(var part) -> part.leaves();
            case Leaf leaf -> Stream.of(leaf);
        };
    }
}
