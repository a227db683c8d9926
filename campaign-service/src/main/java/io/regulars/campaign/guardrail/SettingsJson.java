package io.regulars.campaign.guardrail;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.events.Channel;

/// Guardrails as people write them.
final class SettingsJson {

    private static final int MOST_CAPS = 20;

    private SettingsJson() {}

    /// What is absent is switched off: `quietHours`, `caps`; a holdout that is absent is none.
    static Settings read(JsonNode node, Faults faults) {
        Fields fields = Fields.of("", node, faults);
        QuietHours quietHours = quietHours(fields.object("quietHours"));
        List<Cap> caps = fields.list("caps", (item, at) -> cap(Fields.of(at, item, faults)));
        if (caps.size() > MOST_CAPS) {
            fields.fault("caps", "must be at most " + MOST_CAPS);
        }
        BigDecimal holdout = percent(fields, "holdoutPercent");
        Policy policy = PolicyJson.read(fields);
        fields.done();
        return new Settings(quietHours, caps, holdout == null ? BigDecimal.ZERO : holdout, policy);
    }

    private static QuietHours quietHours(Fields fields) {
        if (fields == null) {
            return null;
        }
        List<String> names = fields.texts("channels", 10);
        Set<Channel> channels = new HashSet<>();
        for (String name : names) {
            if (ChannelNames.ALL.contains(name)) {
                channels.add(ChannelNames.parse(name));
            } else {
                fields.fault("channels", "unknown \"" + name + "\"; known are " + String.join(", ", ChannelNames.ALL));
            }
        }
        LocalTime from = fields.required("from", fields.timeOfDay("from"));
        LocalTime to = fields.required("to", fields.timeOfDay("to"));
        fields.done();
        if (names.isEmpty()) {
            fields.fault("channels", "must name at least one channel");
        }
        if (from == null || to == null) {
            return null;
        }
        if (from.equals(to)) {
            fields.fault("to", "must differ from the beginning");
            return null;
        }
        return new QuietHours(channels, from, to);
    }

    private static Cap cap(Fields fields) {
        List<String> known = new ArrayList<>(ChannelNames.ALL);
        known.add("all");
        String channel = fields.required("channel", fields.oneOf("channel", known));
        Long max = fields.required("max", fields.number("max", 0, 1_000));
        Duration per = fields.required("per", fields.duration("per"));
        fields.done();
        if (channel == null || max == null || per == null) {
            return null;
        }
        return new Cap("all".equals(channel) ? null : ChannelNames.parse(channel), max.intValue(), per);
    }

    static BigDecimal percent(Fields fields, String field) {
        BigDecimal percent = fields.decimal(field);
        if (percent != null
                && (percent.signum() < 0
                        || percent.compareTo(BigDecimal.valueOf(100)) > 0
                        || percent.stripTrailingZeros().scale() > 2)) {
            fields.fault(field, "must be 0 to 100 with at most 2 decimals");
            return null;
        }
        return percent;
    }

    static ObjectNode write(Settings settings) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        QuietHours quiet = settings.quietHours();
        if (quiet != null) {
            ObjectNode hours = node.putObject("quietHours");
            var channels = hours.putArray("channels");
            quiet.channels().stream().map(ChannelNames::of).sorted().forEach(channels::add);
            hours.put("from", quiet.from().toString()).put("to", quiet.to().toString());
        }
        var caps = node.putArray("caps");
        settings.caps()
                .forEach(cap -> caps.addObject()
                        .put("channel", cap.channel() == null ? "all" : ChannelNames.of(cap.channel()))
                        .put("max", cap.max())
                        .put("per", written(cap.per())));
        node.put("holdoutPercent", settings.holdoutPercent());
        PolicyJson.write(node, settings.policy());
        return node;
    }

    private static String written(Duration per) {
        return per.equals(Duration.ofDays(per.toDays())) ? "P" + per.toDays() + "D" : per.toString();
    }
}
