package io.regulars.scoring.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.regulars.kit.money.Money;
import io.regulars.scoring.Words;
import io.regulars.scoring.forecast.Products.Learned;
import io.regulars.scoring.model.Model;

/// Reports as callers see them.
public final class ReportViews {

    private static final Words DEFINITION = Words.of(
            "同一客户相邻两个购买日之间的天数；同日多单算一次；首单不产生间隔；以大促日开始或结束的间隔不计",
            "Days between two purchase days of one customer that follow each other; several orders of a day are one"
                    + " purchase; a first order ends no interval; intervals that begin or end with a day of big"
                    + " promotion alone are left out");

    private ReportViews() {}

    /// @param customers all who are scored
    public record TierReport(Instant asOf, long customers, List<Row> tiers) {}

    public record GroupReport(Instant asOf, long customers, List<Row> groups) {}

    public record StageReport(Instant asOf, long customers, List<Row> stages) {}

    /// @param label in the merchant's language
    /// @param share of all customers, 0 to 1
    /// @param orders and `sales` in the model's window
    public record Row(
            String key, String label, Words labels, long customers, BigDecimal share, long orders, Money sales) {}

    /// @param pooledMedianDays median of all intervals
    /// @param customersMedianDays median of the customers' own medians
    /// @param used which of the two scoring goes by: `pooled`, `customers`, or `fixed` for the model's own
    /// @param usedDays absent while the shop has no repeat buyers
    /// @param learned products and categories that enough customers bought again
    public record CycleReport(
            Double pooledMedianDays,
            Double customersMedianDays,
            long intervals,
            long repeatBuyers,
            String used,
            Double usedDays,
            int sleepAfterDays,
            int lostAfterDays,
            int longLostAfterDays,
            Words definition,
            List<Learned> learned) {}

    static CycleReport cycles(Model model, List<Learned> learned) {
        var cycle = model.calibration().cycle();
        var rules = model.definition().lifecycle();
        return new CycleReport(
                cycle.pooledDays(),
                cycle.customersDays(),
                cycle.intervals(),
                cycle.repeatBuyers(),
                rules.fixedCycleDays() != null ? "fixed" : rules.cycle().name(),
                cycle.days(rules),
                model.lifecycle().sleepAfterDays(),
                model.lifecycle().lostAfterDays(),
                model.lifecycle().longLostAfterDays(),
                DEFINITION,
                learned);
    }
}
