package io.regulars.campaign.audience;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which customers: a small tree that people write as JSON and that becomes one SQL `where`.
public sealed interface Condition {

    /// Every one of them holds; none at all means every customer.
    record All(List<Condition> parts) implements Condition {}

    record Any(List<Condition> parts) implements Condition {}

    record Not(Condition part) implements Condition {}

    /// @param key the attribute's name, where the field is one; else null
    /// @param values of the field's type: texts, whole numbers, decimals, days
    /// @param within how long ago at most, of a purchase; else null
    record Leaf(Field field, String key, Op op, List<Object> values, Duration within) implements Condition {

        /// As people wrote it, on one line.
        public String describe() {
            String name = key == null ? field.json() : field.json() + "." + key;
            String written = values.stream().map(String::valueOf).collect(Collectors.joining(", "));
            return name + " " + op.json() + (values.isEmpty() ? "" : " " + written)
                    + (within == null ? "" : " within " + within);
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
