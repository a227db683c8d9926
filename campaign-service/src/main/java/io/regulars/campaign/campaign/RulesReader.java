package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import io.regulars.campaign.guardrail.BudgetJson;
import io.regulars.campaign.reading.Fields;

/// Reads what a campaign says of its class, priority, time limit, size and budgets.
final class RulesReader {

    private static final int HIGHEST_PRIORITY = 1_000;
    private static final BigDecimal MOST_VALUE = BigDecimal.valueOf(1_000_000_000);

    private RulesReader() {}

    static Rules read(Fields fields) {
        boolean transactional = "transactional".equals(fields.oneOf("class", List.of("marketing", "transactional")));
        Long priority = fields.number("priority", 0, HIGHEST_PRIORITY);
        BigDecimal value = fields.decimal("expectedValue");
        if (value != null && (value.signum() < 0 || value.compareTo(MOST_VALUE) > 0)) {
            fields.fault("expectedValue", "must be 0 to " + MOST_VALUE);
        }
        Duration within = fields.duration("sendWithin");
        Long expected = fields.number("expectedAudience", 1, Integer.MAX_VALUE);
        return new Rules(
                transactional,
                priority == null ? 0 : priority.intValue(),
                value == null ? BigDecimal.ZERO : value,
                within == null && !transactional ? Rules.SEND_MARKETING_WITHIN : within,
                expected,
                BudgetJson.read(fields, "budgets"));
    }
}
