package io.regulars.campaign.campaign;

import java.math.BigDecimal;

import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.ConditionReader;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// Reads what ends a journey: `goal`, which holds `order` or `condition`, and `exitWhen`, a condition.
final class EndingReader {

    private final Faults faults;

    EndingReader(Faults faults) {
        this.faults = faults;
    }

    Ending read(Fields campaign) {
        Fields goal = campaign.object("goal");
        Condition exit = campaign.has("exitWhen") ? condition(campaign, "exitWhen") : null;
        return new Ending(goal == null ? null : goal(goal), exit);
    }

    private Ending.Goal goal(Fields fields) {
        if (fields.has("order") == fields.has("condition")) {
            faults.add(fields.path(), "must hold exactly one of order, condition");
            return null;
        }
        Ending.Goal goal =
                fields.has("order") ? order(fields.object("order")) : new Ending.Holds(condition(fields, "condition"));
        fields.done();
        return goal;
    }

    private static Ending.Ordered order(Fields fields) {
        BigDecimal least = fields.decimal("minAmount");
        if (least != null && (least.signum() <= 0 || least.precision() > 15 || least.scale() > 2)) {
            fields.fault("minAmount", "must be more than nothing, at most 15 digits, 2 of them decimals");
        }
        var order = new Ending.Ordered(fields.texts("products", 200), fields.texts("categories", 200), least);
        fields.done();
        return order;
    }

    private Condition condition(Fields fields, String field) {
        return new ConditionReader(faults).read(fields.at(field), fields.raw(field));
    }
}
