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
    private static final List<String> REENTRIES = List.of("once", "each-occurrence");
    private static final List<String> STEPS = List.of("wait", "issue-coupon", "send");

    private final Faults faults;
    private final LongPredicate couponExists;
    private boolean couponIssued;
    private boolean aboutProduct;
    private List<String> told = List.of();

    public DefinitionReader(Faults faults, LongPredicate couponExists) {
        this.faults = faults;
        this.couponExists = couponExists;
    }

    /// Where there are faults, the answer is of no use.
    public Definition read(JsonNode node) {
        Fields fields = Fields.of("", node, faults);
        String name = fields.required("name", fields.text("name", 200));
        Trigger trigger =
                new TriggerReader(faults, couponExists).read(fields.required("trigger", fields.object("trigger")));
        Condition audience = new ConditionReader(faults).read("audience", fields.raw("audience"));
        aboutProduct = trigger instanceof Trigger.RepurchaseWindowOpened;
        couponIssued = trigger instanceof DayTrigger.CouponExpiring;
        told = trigger.fills();
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
        if (Boolean.TRUE.equals(existing) && !trigger.ofStanding()) {
            fields.fault("includeExisting", "has no meaning where nobody can be in it already");
        }
        Reentry reentry = reentry(fields);
        Boolean tracking = fields.flag("tracking");
        Boolean shortLinks = fields.flag("shortLinks");
        fields.done();
        return new Definition(
                name,
                trigger,
                audience,
                steps,
                holdout,
                Boolean.TRUE.equals(existing),
                reentry,
                !Boolean.FALSE.equals(tracking),
                Boolean.TRUE.equals(shortLinks));
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
        filled.addAll(told);
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
        reasons.add("of event.* the trigger surely gives " + (told.isEmpty() ? "none" : String.join(", ", told)));
        return String.join(", ", reasons);
    }
}
