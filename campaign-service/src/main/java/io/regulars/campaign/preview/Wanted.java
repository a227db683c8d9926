package io.regulars.campaign.preview;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.ConditionReader;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// What a preview is asked for.
///
/// @param customers by `cus_…` or `ext:…`
/// @param values what the cause would name, by variable: `event.…`, `coupon.…`, `product.…`
/// @param audience whom to sample; null for everybody, or the campaign's own
/// @param sample of how many customers it is told what they lack; 0 for none
/// @param language instead of each customer's; null for theirs
/// @param marketing whether it is advertising; null where the campaign says so
record Wanted(
        List<String> customers,
        Map<String, String> values,
        Condition audience,
        int sample,
        String language,
        Boolean marketing) {

    static final String EXAMPLE = """
            {"customers": ["ext:u1", "ext:u2"], "values": {"event.order": "T100"},
             "sample": {"audience": {"field": "tier", "op": "in", "value": ["vip"]}, "size": 500}}""";

    static final int MOST_CUSTOMERS = 10;
    static final int MOST_SAMPLED = 1_000;

    private static final List<String> CLASSES = List.of("marketing", "transactional");

    /// 422 with everything that is wrong with it.
    static Wanted read(JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        List<String> customers = fields.texts("customers", 200);
        Map<String, String> values = values(fields);
        Fields sample = fields.object("sample");
        Condition audience = null;
        Long size = null;
        if (sample != null) {
            audience = sample.raw("audience") == null
                    ? null
                    : new ConditionReader(faults).read("sample.audience", sample.raw("audience"));
            size = sample.number("size", 1, MOST_SAMPLED);
            sample.done();
        }
        String language = fields.text("language", 35);
        String kind = fields.oneOf("class", CLASSES);
        fields.done();
        if (customers.size() > MOST_CUSTOMERS) {
            fields.fault("customers", "must be at most " + MOST_CUSTOMERS);
        }
        if (customers.isEmpty() && sample == null) {
            fields.fault("customers", "is required, or a sample");
        }
        faults.throwIfAny();
        return new Wanted(
                customers,
                values,
                audience,
                sample == null ? 0 : size == null ? 500 : size.intValue(),
                language,
                kind == null ? null : "marketing".equals(kind));
    }

    /// What the cause would name, of a field `values`.
    static Map<String, String> values(Fields fields) {
        Map<String, String> values = new TreeMap<>();
        Fields given = fields.object("values");
        if (given == null || !fields.raw("values").isObject()) {
            return values;
        }
        fields.raw("values").fieldNames().forEachRemaining(variable -> {
            String value = given.text(variable, 300);
            if (!variable.matches("(event|coupon|product)\\.[A-Za-z][A-Za-z0-9_]*")) {
                given.fault(variable, "must be of event.*, coupon.* or product.*: what the cause names");
            } else if (variable.equals("coupon.validUntil") && value != null && !isInstant(value)) {
                given.fault(variable, "must be an instant such as 2026-03-01T12:00:00Z");
            } else if (value != null) {
                values.put(variable, value);
            }
        });
        return values;
    }

    private static boolean isInstant(String text) {
        try {
            return Instant.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
