package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.LongPredicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.ConditionReader;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// Reads a campaign as people write it, and finds everything that is wrong with it.
public final class DefinitionReader {

    private static final List<String> STAGES =
            List.of("prospect", "new", "growing", "mature", "declining", "sleeping", "lost", "won-back");

    private final Faults faults;
    private final LongPredicate couponExists;
    private final LongPredicate webhookExists;

    /// Of a shop without webhooks.
    public DefinitionReader(Faults faults, LongPredicate couponExists) {
        this(faults, couponExists, webhook -> false);
    }

    public DefinitionReader(Faults faults, LongPredicate couponExists, LongPredicate webhookExists) {
        this.faults = faults;
        this.couponExists = couponExists;
        this.webhookExists = webhookExists;
    }

    /// Where there are faults, the answer is of no use.
    public Definition read(JsonNode node) {
        Fields fields = Fields.of("", node, faults);
        String name = fields.required("name", fields.text("name", 200));
        Trigger trigger = trigger(fields.required("trigger", fields.object("trigger")));
        Condition audience = new ConditionReader(faults).read("audience", fields.raw("audience"));
        boolean aboutProduct = trigger instanceof Trigger.RepurchaseWindowOpened;
        var leaves = new LeafReader(faults, couponExists, webhookExists, aboutProduct);
        List<Step> steps = new StepReader(faults, leaves).read(fields);
        Ending ending = new EndingReader(faults).read(fields);
        BigDecimal holdout = fields.decimal("holdoutPercent");
        if (holdout != null
                && (holdout.signum() < 0
                        || holdout.compareTo(BigDecimal.valueOf(100)) > 0
                        || holdout.stripTrailingZeros().scale() > 2)) {
            fields.fault("holdoutPercent", "must be 0 to 100 with at most 2 decimals");
        }
        Boolean existing = fields.flag("includeExisting");
        fields.done();
        return new Definition(name, trigger, audience, steps, ending, holdout, Boolean.TRUE.equals(existing));
    }

    private Trigger trigger(Fields fields) {
        if (fields == null) {
            return new Trigger.Broadcast();
        }
        String type = fields.required("type", fields.oneOf("type", Trigger.TYPES));
        Trigger trigger = switch (type) {
            case "tier-changed" -> {
                String direction = fields.oneOf("direction", List.of("up", "down", "any"));
                yield new Trigger.TierChanged(direction == null ? "any" : direction, fields.texts("to", 100));
            }
            case "group-entered" -> new Trigger.GroupEntered(groups(fields));
            case "stage-entered" -> new Trigger.StageEntered(stages(fields));
            case "fell-asleep" -> new Trigger.FellAsleep();
            case "repurchase-window-opened" ->
                new Trigger.RepurchaseWindowOpened(fields.texts("products", 200), fields.texts("categories", 200));
            case null, default -> new Trigger.Broadcast();
        };
        if (type != null) {
            fields.done();
        }
        return trigger;
    }

    private List<String> groups(Fields fields) {
        List<String> groups = fields.texts("groups", 10);
        if (groups.isEmpty() || !groups.stream().allMatch(group -> group.matches("[01]{3}"))) {
            fields.fault("groups", "must name groups by R, F and M with 1 for good, such as 111 or 011");
        }
        return groups;
    }

    private List<String> stages(Fields fields) {
        List<String> stages = fields.texts("stages", 30);
        List<String> unknown =
                stages.stream().filter(stage -> !STAGES.contains(stage)).toList();
        if (stages.isEmpty() || !unknown.isEmpty()) {
            fields.fault(
                    "stages",
                    (unknown.isEmpty() ? "must name at least one" : "unknown " + unknown) + "; known are "
                            + String.join(", ", STAGES));
        }
        return stages;
    }
}
