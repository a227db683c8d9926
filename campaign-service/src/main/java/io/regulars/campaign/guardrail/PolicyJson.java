package io.regulars.campaign.guardrail;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.campaign.reading.Fields;
import io.regulars.events.Channel;

/// The rest of the guardrails as people write them, beside quiet hours, caps and `holdoutPercent`.
final class PolicyJson {

    private static final BigDecimal MOST_FACTOR = BigDecimal.valueOf(1_000);
    private static final List<String> ROTATIONS = List.of("month", "quarter", "year");

    private PolicyJson() {}

    /// What is absent is switched off.
    static Policy read(Fields fields) {
        return new Policy(
                transactional(fields.object("transactional")),
                globalHoldout(fields.object("globalHoldout")),
                BudgetJson.read(fields, "budgets"),
                costs(fields),
                breaker(fields.object("breaker")),
                approval(fields.object("approval")));
    }

    private static Policy.Transactional transactional(Fields fields) {
        if (fields == null) {
            return Policy.Transactional.FREE;
        }
        var transactional = new Policy.Transactional(
                Boolean.TRUE.equals(fields.flag("quietHours")),
                Boolean.TRUE.equals(fields.flag("caps")),
                Boolean.TRUE.equals(fields.flag("holdout")));
        fields.done();
        return transactional;
    }

    private static GlobalHoldout globalHoldout(Fields fields) {
        if (fields == null) {
            return null;
        }
        BigDecimal percent = fields.required("percent", SettingsJson.percent(fields, "percent"));
        String salt = fields.text("salt", 100);
        String rotation = fields.oneOf("rotate", ROTATIONS);
        fields.done();
        return percent == null
                ? null
                : new GlobalHoldout(
                        percent,
                        salt == null ? "" : salt,
                        rotation == null ? null : GlobalHoldout.Rotation.valueOf(rotation.toUpperCase(Locale.ROOT)));
    }

    /// They stood here once.
    private static Map<Channel, Long> costs(Fields fields) {
        if (fields.raw("costs") != null) {
            fields.fault("costs", "stand in the price list: PUT /v1/measurement-settings");
        }
        return Map.of();
    }

    private static Policy.Breaker breaker(Fields fields) {
        if (fields == null) {
            return null;
        }
        BigDecimal factor = fields.decimal("factor");
        Long floor = fields.number("floor", 0, 1_000_000_000);
        fields.done();
        if (factor != null && (factor.compareTo(BigDecimal.ONE) < 0 || factor.compareTo(MOST_FACTOR) > 0)) {
            fields.fault("factor", "must be 1 to " + MOST_FACTOR);
            factor = null;
        }
        return new Policy.Breaker(
                factor == null ? Policy.Breaker.DEFAULT.factor() : factor,
                floor == null ? Policy.Breaker.DEFAULT.floor() : floor);
    }

    private static Policy.Approval approval(Fields fields) {
        if (fields == null) {
            return null;
        }
        Boolean required = fields.flag("required");
        Long from = fields.number("fromAudience", 0, 1_000_000_000);
        fields.done();
        return Boolean.FALSE.equals(required) ? null : new Policy.Approval(from);
    }

    static void write(ObjectNode node, Policy policy) {
        node.putObject("transactional")
                .put("quietHours", policy.transactional().quietHours())
                .put("caps", policy.transactional().caps())
                .put("holdout", policy.transactional().holdout());
        var holdout = policy.globalHoldout();
        if (holdout != null) {
            var written = node.putObject("globalHoldout").put("percent", holdout.percent());
            if (!holdout.salt().isEmpty()) {
                written.put("salt", holdout.salt());
            }
            if (holdout.rotation() != null) {
                written.put("rotate", BudgetJson.name(holdout.rotation()));
            }
        }
        BudgetJson.write(node.putArray("budgets"), policy.budgets());
        if (policy.breaker() != null) {
            node.putObject("breaker")
                    .put("factor", policy.breaker().factor())
                    .put("floor", policy.breaker().floor());
        }
        if (policy.approval() != null) {
            var approval = node.putObject("approval").put("required", true);
            if (policy.approval().fromAudience() != null) {
                approval.put("fromAudience", policy.approval().fromAudience());
            }
        }
    }
}
