package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.ConditionReader;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// Reads a campaign as people write it, and finds everything that is wrong with it.
public final class DefinitionReader {

    private static final List<String> REENTRIES = List.of("once", "each-occurrence");

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
        Trigger trigger =
                new TriggerReader(faults, couponExists).read(fields.required("trigger", fields.object("trigger")));
        Condition audience = new ConditionReader(faults).read("audience", fields.raw("audience"));
        var leaves = new LeafReader(faults, couponExists, webhookExists, trigger);
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
        if (Boolean.TRUE.equals(existing) && !trigger.ofStanding()) {
            fields.fault("includeExisting", "has no meaning where nobody can be in it already");
        }
        Reentry reentry = reentry(fields);
        Boolean tracking = fields.flag("tracking");
        Boolean shortLinks = fields.flag("shortLinks");
        Rules rules = RulesReader.read(fields);
        fields.done();
        return new Definition(
                name,
                trigger,
                audience,
                steps,
                ending,
                holdout,
                Boolean.TRUE.equals(existing),
                reentry,
                !Boolean.FALSE.equals(tracking),
                Boolean.TRUE.equals(shortLinks),
                rules);
    }

    /// `"once"`, `"each-occurrence"`, or `{"after": "P30D"}`.
    private static Reentry reentry(Fields fields) {
        if (fields.raw("reentry") instanceof JsonNode written && written.isObject()) {
            Fields after = fields.object("reentry");
            Duration pause = after.required("after", after.duration("after"));
            after.done();
            return pause == null ? Reentry.ALWAYS : new Reentry.After(pause);
        }
        return "once".equals(fields.oneOf("reentry", REENTRIES)) ? new Reentry.Once() : Reentry.ALWAYS;
    }
}
