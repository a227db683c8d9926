package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// Reads for which cause a campaign begins.
final class TriggerReader {

    static final List<String> TYPES = List.of(
            "tier-changed",
            "group-entered",
            "stage-entered",
            "fell-asleep",
            "repurchase-window-opened",
            "churn-warning",
            "class-entered",
            "broadcast",
            "order-paid",
            "order-shipped",
            "order-delivered",
            "order-completed",
            "order-refunded",
            "cart-abandoned",
            "reviewed",
            "survey-answered",
            "complained",
            "inquired",
            "event",
            "birthday",
            "anniversary",
            "holiday",
            "date",
            "schedule",
            "coupon-expiring");

    private static final List<String> STAGES =
            List.of("prospect", "new", "growing", "mature", "declining", "sleeping", "lost", "won-back");
    private static final List<String> SEGMENTS = List.of(
            "champions",
            "loyal",
            "potential-loyalists",
            "new",
            "promising",
            "need-attention",
            "about-to-sleep",
            "cannot-lose",
            "at-risk",
            "hibernating");
    private static final Map<String, List<String>> CLASSES = Map.of(
            "frequency", List.of("high", "low", "one-time", "never"),
            "amount", List.of("high", "middle", "low"),
            "orderValue", List.of("large", "middle", "small"),
            "interaction", List.of("active", "occasional", "silent"),
            "satisfaction", List.of("very-satisfied", "satisfied", "dissatisfied", "very-dissatisfied"));
    private static final Duration CART_DELAY = Duration.ofHours(1);
    private static final Duration LONGEST_CART_DELAY = Duration.ofDays(30);
    private static final int MOST_TESTS = 20;

    private final Faults faults;
    private final DayTriggerReader days;

    TriggerReader(Faults faults, LongPredicate couponExists) {
        this.faults = faults;
        this.days = new DayTriggerReader(couponExists);
    }

    /// Where there are faults, the answer is of no use.
    Trigger read(Fields fields) {
        if (fields == null) {
            return new Trigger.Broadcast();
        }
        String type = fields.required("type", fields.oneOf("type", TYPES));
        Trigger trigger = type == null ? new Trigger.Broadcast() : read(type, fields);
        if (type != null) {
            fields.done();
        }
        return trigger;
    }

    private Trigger read(String type, Fields fields) {
        return switch (type) {
            case "tier-changed" -> {
                String direction = fields.oneOf("direction", List.of("up", "down", "any"));
                yield new Trigger.TierChanged(direction == null ? "any" : direction, fields.texts("to", 100));
            }
            case "group-entered" -> new Trigger.GroupEntered(groups(fields));
            case "stage-entered" -> new Trigger.StageEntered(someOf("stages", STAGES, fields));
            case "fell-asleep" -> new Trigger.FellAsleep();
            case "repurchase-window-opened" ->
                new Trigger.RepurchaseWindowOpened(fields.texts("products", 200), fields.texts("categories", 200));
            case "churn-warning" -> new Trigger.ChurnWarning();
            case "class-entered" -> {
                String name = fields.required("name", fields.oneOf("name", CLASSES.keySet()));
                yield new Trigger.ClassEntered(
                        name, name == null ? List.of() : someOf("classes", CLASSES.get(name), fields));
            }
            case "cart-abandoned" -> cart(fields);
            case "event" -> event(fields);
            case "broadcast" -> new Trigger.Broadcast();
            default -> {
                var passage = OrderTrigger.Passage.of(type);
                var kind = InteractionTrigger.Kind.of(type);
                yield passage.isPresent()
                        ? order(passage.get(), fields)
                        : kind.isPresent() ? interaction(kind.get(), fields) : days.read(type, fields);
            }
        };
    }

    private static List<String> groups(Fields fields) {
        List<String> groups = fields.texts("groups", 30);
        if (groups.isEmpty()
                || !groups.stream().allMatch(group -> group.matches("[01]{3}") || SEGMENTS.contains(group))) {
            fields.fault(
                    "groups",
                    "must name groups by R, F and M with 1 for good, such as 111 or 011, or segments: "
                            + String.join(", ", SEGMENTS));
        }
        return groups;
    }

    private static List<String> someOf(String field, List<String> known, Fields fields) {
        List<String> named = fields.texts(field, 30);
        List<String> unknown =
                named.stream().filter(one -> !known.contains(one)).toList();
        if (named.isEmpty() || !unknown.isEmpty()) {
            fields.fault(
                    field,
                    (unknown.isEmpty() ? "must name at least one" : "unknown " + unknown) + "; known are "
                            + String.join(", ", known));
        }
        return named;
    }

    private static Trigger order(OrderTrigger.Passage passage, Fields fields) {
        BigDecimal least = fields.decimal("minAmount");
        if (least != null && least.signum() <= 0) {
            fields.fault("minAmount", "must be more than nothing");
        }
        return new OrderTrigger(
                passage,
                least,
                Boolean.TRUE.equals(fields.flag("first")),
                fields.texts("products", 200),
                fields.texts("categories", 200));
    }

    private static Trigger cart(Fields fields) {
        Duration delay = fields.duration("after");
        if (delay != null && delay.compareTo(LONGEST_CART_DELAY) > 0) {
            fields.fault("after", "must be at most P30D");
        }
        return new CartTrigger(delay == null ? CART_DELAY : delay);
    }

    private static Trigger interaction(InteractionTrigger.Kind kind, Fields fields) {
        boolean rated = kind.highest() > 0;
        Long below = rated ? fields.number("below", 1, kind.highest()) : null;
        Long above = rated ? fields.number("above", 0, kind.highest() - 1L) : null;
        return new InteractionTrigger(
                kind,
                below == null ? null : below.intValue(),
                above == null ? null : above.intValue(),
                kind == InteractionTrigger.Kind.REVIEWED ? fields.texts("products", 200) : List.of());
    }

    private Trigger event(Fields fields) {
        String name = fields.required("name", fields.text("name", 100));
        List<EventTrigger.Test> tests = new ArrayList<>();
        if (fields.raw("where") instanceof JsonNode where) {
            if (!where.isObject() || where.size() > MOST_TESTS) {
                fields.fault("where", "must be an object of at most " + MOST_TESTS + " properties");
            } else {
                where.properties().forEach(entry -> test(entry.getKey(), entry.getValue(), fields.at("where"), tests));
            }
        }
        return new EventTrigger(name, List.copyOf(tests));
    }

    /// `"amount": {"gt": 100, "lt": 500}`, or `"city": "杭州"` for what is to be equal.
    private void test(String property, JsonNode written, String at, List<EventTrigger.Test> tests) {
        String path = at + "." + property;
        if (written.isValueNode() && !written.isNull()) {
            tests.add(new EventTrigger.Test(property, "eq", written.asText()));
            return;
        }
        if (!written.isObject() || written.isEmpty()) {
            faults.add(path, "must be a value, or an object such as {\"gt\": 100}");
            return;
        }
        written.properties().forEach(entry -> {
            String op = entry.getKey();
            String value = entry.getValue().asText();
            boolean number = EventTrigger.Test.number(value) != null;
            if (!EventTrigger.Test.OPS.contains(op)) {
                faults.add(path + "." + op, "unknown; known are " + String.join(", ", EventTrigger.Test.OPS));
            } else if (!entry.getValue().isValueNode()
                    || !number && !List.of("eq", "ne").contains(op)) {
                faults.add(path + "." + op, "must be a number");
            } else {
                tests.add(new EventTrigger.Test(property, op, value));
            }
        });
    }
}
