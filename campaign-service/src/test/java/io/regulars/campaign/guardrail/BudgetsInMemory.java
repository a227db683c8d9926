package io.regulars.campaign.guardrail;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The budgets' rows in memory. Each call is a transaction, or the part of one that holds them.
public final class BudgetsInMemory {

    /// A budget as others may see it.
    public record Seen(Purse.Key key, long most, LocalDate period, long used) {}

    private final Map<Purse.Key, Seen> rows = new LinkedHashMap<>();
    private final ZoneId zone;

    public BudgetsInMemory(ZoneId zone) {
        this.zone = zone;
    }

    /// @param campaign 0 for the merchant's own
    public void define(int merchant, long campaign, List<Budget> budgets) {
        for (var budget : budgets) {
            var key = new Purse.Key(merchant, campaign, budget.kind(), budget.per());
            rows.put(key, new Seen(key, budget.most(), LocalDate.EPOCH, 0));
        }
    }

    public Purse lock(Instant now) {
        return new Purse(
                rows.values().stream()
                        .map(row -> new Purse.Row(row.key(), row.most(), row.period(), row.used(), zone))
                        .toList(),
                now);
    }

    public void keep(Purse purse) {
        purse.rows().forEach(row -> rows.put(row.key, new Seen(row.key, row.most, row.period, row.used)));
    }

    public void giveBack(Collection<Purse.Charge> charges) {
        charges.forEach(charge -> rows.computeIfPresent(
                charge.budget(),
                (key, row) -> row.period().equals(charge.period())
                        ? new Seen(key, row.most(), row.period(), row.used() - charge.amount())
                        : row));
    }

    public Collection<Seen> all() {
        return rows.values();
    }
}
