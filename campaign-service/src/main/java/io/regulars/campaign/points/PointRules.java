package io.regulars.campaign.points;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// How orders earn points.
///
/// @param perUnit points for each unit of the currency that a customer keeps of an order
/// @param multipliers by tier, 1 for those that are not named
/// @param expireAfter null where points last for ever
record PointRules(BigDecimal perUnit, Map<String, BigDecimal> multipliers, Duration expireAfter) {

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000);

    PointRules {
        multipliers = Map.copyOf(multipliers);
    }

    static PointRules read(JsonNode node, Faults faults) {
        Fields fields = Fields.of("", node, faults);
        BigDecimal perUnit = fields.required("perUnit", positive(fields, "perUnit"));
        Map<String, BigDecimal> multipliers = new TreeMap<>();
        if (fields.raw("multipliers") instanceof ObjectNode written) {
            Fields of = Fields.of("multipliers", written, faults);
            written.fieldNames().forEachRemaining(tier -> {
                BigDecimal multiplier = positive(of, tier);
                if (multiplier != null) {
                    multipliers.put(tier, multiplier);
                }
            });
        } else if (fields.raw("multipliers") != null) {
            fields.fault("multipliers", "must be an object: tiers, each with a number");
        }
        Duration expireAfter = fields.duration("expireAfter");
        fields.done();
        return new PointRules(perUnit, multipliers, expireAfter);
    }

    private static BigDecimal positive(Fields fields, String field) {
        BigDecimal number = fields.decimal(field);
        if (number != null && (number.signum() <= 0 || number.compareTo(MOST) > 0 || number.scale() > 2)) {
            fields.fault(field, "must be more than 0 and at most 1000, with at most 2 decimals");
            return null;
        }
        return number;
    }

    ObjectNode write() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("perUnit", perUnit.toPlainString());
        ObjectNode of = node.putObject("multipliers");
        new TreeMap<>(multipliers).forEach((tier, multiplier) -> of.put(tier, multiplier.toPlainString()));
        if (expireAfter != null) {
            node.put("expireAfter", expireAfter.toString());
        }
        return node;
    }

    /// @param tier null where the customer has none yet
    BigDecimal multiplier(String tier) {
        return tier == null ? BigDecimal.ONE : multipliers.getOrDefault(tier, BigDecimal.ONE);
    }

    /// Whole points, what is less than one left out.
    ///
    /// @param kept minor units
    /// @param fractionDigits of the currency
    static long points(long kept, BigDecimal perUnit, BigDecimal multiplier, int fractionDigits) {
        return BigDecimal.valueOf(kept, fractionDigits)
                .multiply(perUnit)
                .multiply(multiplier)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    Instant expiry(Instant at) {
        return expireAfter == null ? null : at.plus(expireAfter);
    }
}
