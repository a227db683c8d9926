package io.regulars.campaign.guardrail;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.regulars.campaign.reading.Fields;

/// Budgets as people write them: `{"of": "money", "most": "500.00", "per": "month"}`, `per` absent for once and
/// all. One of `coupons` has no period: it bounds what is out.
public final class BudgetJson {

    private static final int MICROS = 6;
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000L);
    private static final List<String> KINDS = names(Budget.Kind.values());
    private static final List<String> PERIODS = names(Budget.Per.values());

    private BudgetJson() {}

    /// The budgets of the field, each kind and period once.
    public static List<Budget> read(Fields fields, String field) {
        List<Budget> budgets = fields.list(field, (item, at) -> budget(Fields.of(at, item, fields.faults())));
        long different = budgets.stream()
                .map(one -> one.kind() + "/" + one.per())
                .distinct()
                .count();
        if (different < budgets.size()) {
            fields.fault(field, "must name each kind once for a period");
        }
        return budgets;
    }

    private static Budget budget(Fields fields) {
        String of = fields.required("of", fields.oneOf("of", KINDS));
        String per = fields.oneOf("per", PERIODS);
        BigDecimal most = fields.required("most", fields.decimal("most"));
        fields.done();
        if (of == null || most == null) {
            return null;
        }
        var kind = Budget.Kind.valueOf(of.toUpperCase(Locale.ROOT));
        if (kind == Budget.Kind.COUPONS && per != null && !per.equals(name(Budget.Per.ALL))) {
            fields.fault("per", "has no meaning for coupons: what is out counts whenever it was issued");
        }
        int decimals = kind == Budget.Kind.MESSAGES ? 0 : MICROS;
        if (most.signum() < 0
                || most.compareTo(LARGEST) > 0
                || most.stripTrailingZeros().scale() > decimals) {
            fields.fault("most", "must be 0 to " + LARGEST + " with at most " + decimals + " decimals");
            return null;
        }
        var period = per == null ? Budget.Per.ALL : Budget.Per.valueOf(per.toUpperCase(Locale.ROOT));
        return new Budget(kind, period, most.movePointRight(decimals).longValueExact());
    }

    static void write(ArrayNode node, List<Budget> budgets) {
        budgets.forEach(budget -> node.addObject()
                .put("of", name(budget.kind()))
                .put(
                        "most",
                        budget.kind() == Budget.Kind.MESSAGES
                                ? BigDecimal.valueOf(budget.most())
                                : major(budget.most()))
                .put("per", name(budget.per())));
    }

    /// An amount of millionths.
    static BigDecimal major(long micros) {
        BigDecimal amount = BigDecimal.valueOf(micros, MICROS).stripTrailingZeros();
        return amount.scale() < 2 ? amount.setScale(2) : amount;
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(BudgetJson::name).toList();
    }
}
