package io.regulars.campaign.campaign;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.coupon.Coupons;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.campaign.template.TemplateCheck;
import io.regulars.campaign.template.Text;
import io.regulars.campaign.template.TextReader;
import io.regulars.campaign.template.Variables;
import io.regulars.campaign.webhook.Webhooks;
import io.regulars.events.Channel;

/// Reads the steps that hold no others. Each answers null where it is of no use, and has noted why.
final class LeafReader {

    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int MOST_TAGS = 20;
    private static final int MOST_POINTS = 1_000_000;

    private final Faults faults;
    private final LongPredicate couponExists;
    private final LongPredicate webhookExists;
    private final Trigger trigger;

    /// @param trigger tells which variables have values from the beginning
    LeafReader(Faults faults, LongPredicate couponExists, LongPredicate webhookExists, Trigger trigger) {
        this.faults = faults;
        this.couponExists = couponExists;
        this.webhookExists = webhookExists;
        this.trigger = trigger;
    }

    /// Whether there is a coupon before any step issues one.
    boolean beginsWithCoupon() {
        return trigger instanceof DayTrigger.CouponExpiring;
    }

    private boolean aboutProduct() {
        return trigger instanceof Trigger.RepurchaseWindowOpened;
    }

    /// `for` a duration, `until` an instant, or `until` a time of day on some `weekdays`.
    Step waiting(Fields fields) {
        if (fields.has("for") == fields.has("until")) {
            fields.fault(
                    "for", fields.has("for") ? "goes without until" : "is required, or until or forEvent in its place");
            Stream.of("for", "until", "weekdays").forEach(fields::raw);
            return null;
        }
        if (fields.has("for")) {
            Duration duration = fields.duration("for");
            return duration == null ? null : new Step.Wait(duration);
        }
        JsonNode until = fields.raw("until");
        if (until.asText().matches("\\d\\d?:.*")) {
            LocalTime time = fields.timeOfDay("until");
            Set<DayOfWeek> days = weekdays(fields);
            return time == null ? null : new Step.WaitUntilTime(new TimeOfDay(time, days));
        }
        if (!until.asText().matches("\\d{4}-.*")) {
            fields.fault(
                    "until", "must be a time of day such as 10:00, or an instant such as 2026-03-01T12:00:00+08:00");
            fields.raw("weekdays");
            return null;
        }
        Instant instant = fields.instant("until");
        return instant == null ? null : new Step.WaitUntil(instant);
    }

    private static Set<DayOfWeek> weekdays(Fields fields) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String day : fields.texts("weekdays", 20)) {
            if (DAYS.contains(day)) {
                days.add(DayOfWeek.of(DAYS.indexOf(day) + 1));
            } else {
                fields.fault("weekdays", "unknown \"" + day + "\"; known are " + String.join(", ", DAYS));
            }
        }
        return days;
    }

    Happening happening(Fields step) {
        String since = step.oneOf("since", List.of("enrolment", "wait"));
        Fields fields = step.object("forEvent");
        String type = fields.required("type", fields.oneOf("type", Happening.TYPES));
        boolean order = Happening.ORDER.equals(type);
        String name = switch (type) {
            case Happening.EVENT -> fields.required("name", fields.text("name", 100));
            case Happening.INTERACTION -> fields.required("kind", fields.text("kind", 100));
            case null, default -> null;
        };
        var happening = new Happening(
                type,
                name,
                order ? fields.texts("products", 200) : List.of(),
                order ? fields.texts("categories", 200) : List.of(),
                !"wait".equals(since));
        if (type != null) {
            fields.done();
        }
        return happening;
    }

    Step issueCoupon(Fields fields) {
        String written = fields.required("coupon", fields.text("coupon", 30));
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

    Step tag(Fields fields) {
        List<String> add = fields.texts("add", 60);
        List<String> remove = fields.texts("remove", 60);
        if (add.isEmpty() && remove.isEmpty() || add.size() + remove.size() > MOST_TAGS) {
            faults.add(fields.path(), "must add or remove 1 to " + MOST_TAGS + " tags");
            return null;
        }
        if (add.stream().anyMatch(remove::contains)) {
            fields.fault("remove", "must not name a tag that is added");
            return null;
        }
        return new Step.Tag(add, remove);
    }

    Step webhook(Fields fields) {
        String event = fields.text("event", 60);
        String written = fields.required("webhook", fields.text("webhook", 30));
        if (event != null && !event.matches("[a-z0-9_]+(\\.[a-z0-9_]+)*")) {
            fields.fault("event", "must be words of a to z, 0 to 9 and _, joined by dots, such as vip.reached");
        }
        if (written == null) {
            return null;
        }
        var endpoint = Webhooks.parse(written).filter(webhookExists::test);
        if (endpoint.isEmpty()) {
            fields.fault("webhook", "no webhook " + written);
            return null;
        }
        return new Step.Webhook(endpoint.get(), event == null ? "journey.step" : event);
    }

    Step grantPoints(Fields fields) {
        Long points = fields.required("points", fields.number("points", 1, MOST_POINTS));
        String reason = fields.text("reason", 300);
        return points == null ? null : new Step.GrantPoints(points, reason);
    }

    Step callbackTask(Fields fields) {
        String title = fields.required("title", fields.text("title", 200));
        String note = fields.text("note", 2_000);
        Duration within = fields.duration("within");
        return title == null ? null : new Step.CallbackTask(title, note, within);
    }

    /// @param couponIssued whether a coupon was issued on every way that leads here
    Step send(Fields fields, boolean couponIssued) {
        String name = fields.required("channel", fields.oneOf("channel", ChannelNames.ALL));
        Fields template = fields.required("template", fields.object("template"));
        if (name == null || template == null) {
            return null;
        }
        Channel channel = ChannelNames.parse(name);
        Text text = new TextReader(channel).read(template);
        new TemplateCheck(filled(couponIssued), unfilledReason(couponIssued), faults)
                .check(template.path(), text, TextReader.source(template));
        return new Step.Send(channel, text);
    }

    /// What has no value at all here needs a fallback; what a customer may lack is skipped when it is sent.
    private Set<String> filled(boolean couponIssued) {
        Set<String> filled = new HashSet<>(Variables.ALL);
        filled.addAll(trigger.fills());
        if (!aboutProduct()) {
            filled.removeIf(variable -> variable.startsWith("product."));
        }
        if (!couponIssued) {
            filled.removeIf(variable -> variable.startsWith("coupon."));
        }
        return filled;
    }

    private String unfilledReason(boolean couponIssued) {
        List<String> reasons = new ArrayList<>();
        if (!aboutProduct()) {
            reasons.add("only repurchase-window-opened knows a product");
        }
        if (!couponIssued) {
            reasons.add("no issue-coupon step comes before");
        }
        reasons.add("of event.* the trigger surely gives "
                + (trigger.fills().isEmpty() ? "none" : String.join(", ", trigger.fills())));
        return String.join(", ", reasons);
    }
}
