package io.regulars.scoring.lifecycle;

/// How often the shop's customers come back.
///
/// An interval lies between two purchase days of one customer that follow each other (several orders of a day are
/// one purchase). A first order ends no interval, so who bought once says nothing; an interval that begins or
/// ends with a day of big promotion alone is left out, because the shop chose that day, not the customer.
///
/// @param pooledDays median of all intervals, null where there is none
/// @param customersDays median of the customers' own medians, null where there is none
public record PurchaseCycle(Double pooledDays, Double customersDays, long intervals, long repeatBuyers) {

    public static final PurchaseCycle UNKNOWN = new PurchaseCycle(null, null, 0, 0);

    public Double days(LifecycleRules rules) {
        if (rules.fixedCycleDays() != null) {
            return rules.fixedCycleDays();
        }
        return rules.cycle() == LifecycleRules.CycleBasis.pooled ? pooledDays : customersDays;
    }
}
