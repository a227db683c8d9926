package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.ConditionReader;
import io.regulars.campaign.coupon.Coupons;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.campaign.template.TemplateCheck;
import io.regulars.campaign.template.Text;
import io.regulars.campaign.template.Variables;
import io.regulars.events.Channel;

/// Reads a campaign as people write it, and finds everything that is wrong with it.
public final class DefinitionReader {

    private static final int MOST_STEPS = 50;
    private static final List<String> STAGES =
            List.of("prospect", "new", "growing", "mature", "declining", "sleeping", "lost", "won-back");
    private static final List<String> STEPS = List.of("wait", "issue-coupon", "send");

    private final Faults faults;
    private final LongPredicate couponExists;
    private boolean couponIssued;
    private boolean aboutProduct;

    public DefinitionReader(Faults faults, LongPredicate couponExists) {
        this.faults = faults;
        this.couponExists = couponExists;
    }

    /// Where there are faults, the answer is of no use.
    public Definition read(JsonNode node) {
        Fields fields = Fields.of("", node, faults);
        String name = fields.required("name", fields.text("name", 200));
        Trigger trigger = trigger(fields.required("trigger", fields.object("trigger")));
        Condition audience = new ConditionReader(faults).read("audience", fields.raw("audience"));
        aboutProduct = trigger instanceof Trigger.RepurchaseWindowOpened;
        List<Step> steps = fields.list("steps", (step, at) -> step(Fields.of(at, step, faults)));
        if (!(fields.raw("steps") instanceof JsonNode written)) {
            fields.fault("steps", "is required");
        } else if (written.isArray() && (written.isEmpty() || written.size() > MOST_STEPS)) {
            fields.fault("steps", "must hold 1 to " + MOST_STEPS + " steps");
        } else if (written.isArray()
                && steps.size() == written.size()
                && steps.stream().noneMatch(Step.Send.class::isInstance)) {
            fields.fault("steps", "must hold at least one send");
        }
        BigDecimal holdout = fields.decimal("holdoutPercent");
        if (holdout != null
                && (holdout.signum() < 0
                        || holdout.compareTo(BigDecimal.valueOf(100)) > 0
                        || holdout.stripTrailingZeros().scale() > 2)) {
            fields.fault("holdoutPercent", "must be 0 to 100 with at most 2 decimals");
        }
        Boolean existing = fields.flag("includeExisting");
        Rules rules = RulesReader.read(fields);
        fields.done();
        return new Definition(name, trigger, audience, steps, holdout, Boolean.TRUE.equals(existing), rules);
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

    private Step step(Fields fields) {
        String type = fields.required("type", fields.oneOf("type", STEPS));
        Step step = switch (type) {
            case "wait" -> {
                Duration duration = fields.required("for", fields.duration("for"));
                yield duration == null ? null : new Step.Wait(duration);
            }
            case "issue-coupon" -> issueCoupon(fields);
            case "send" -> send(fields);
            case null, default -> null;
        };
        if (type != null) {
            fields.done();
        }
        return step;
    }

    private Step issueCoupon(Fields fields) {
        String written = fields.required("coupon", fields.text("coupon", 30));
        couponIssued = true;
        if (written == null) {
            return null;
        }
        var coupon = Coupons.parse(written).filter(couponExists::test);
        if (coupon.isEmpty()) {
            fields.fault("coupon", "no coupon " + written);
            return null;
        }
        return new Step.IssueCoupon(coupon.get());
    }

    private Step send(Fields fields) {
        String name = fields.required("channel", fields.oneOf("channel", ChannelNames.ALL));
        Fields template = fields.required("template", fields.object("template"));
        if (name == null || template == null) {
            return null;
        }
        Channel channel = ChannelNames.parse(name);
        String subject = template.text("subject", 300);
        String html = template.text("html", 200_000);
        Text text = new Text(
                subject, template.required("text", template.text("text", channel == Channel.SMS ? 500 : 20_000)), html);
        template.done();
        if (channel == Channel.EMAIL) {
            template.required("subject", subject);
        }
        if (channel == Channel.SMS && (subject != null || html != null)) {
            template.fault(subject != null ? "subject" : "html", "has no meaning in an SMS");
        }
        if (subject != null && subject.chars().anyMatch(c -> c < ' ')) {
            template.fault("subject", "must be one line");
        }
        new TemplateCheck(filled(), unfilledReason(), faults).check(template.path(), text);
        return new Step.Send(channel, text);
    }

    /// What has no value at all here needs a fallback; what a customer may lack is skipped when it is sent.
    private Set<String> filled() {
        Set<String> filled = new HashSet<>(Variables.ALL);
        if (!aboutProduct) {
            filled.removeIf(variable -> variable.startsWith("product."));
        }
        if (!couponIssued) {
            filled.removeIf(variable -> variable.startsWith("coupon."));
        }
        return filled;
    }

    private String unfilledReason() {
        List<String> reasons = new ArrayList<>();
        if (!aboutProduct) {
            reasons.add("only repurchase-window-opened knows a product");
        }
        if (!couponIssued) {
            reasons.add("no issue-coupon step comes before");
        }
        return String.join(", ", reasons);
    }
}
