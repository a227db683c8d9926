package io.regulars.scoring.score;

import io.regulars.events.ScoreChanged;
import io.regulars.events.ScoreChanged.RepurchaseWindow;
import io.regulars.scoring.churn.Sign;
import io.regulars.scoring.forecast.Forecast;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.model.Model;

/// A scorecard as the other services are told of it.
final class ScoreEvents {

    private ScoreEvents() {}

    static ScoreChanged event(Shop shop, Model model, Candidate one, StepRows.Present present) {
        var after = one.after();
        return new ScoreChanged(
                shop.merchantId(),
                one.customerId(),
                after.version(),
                one.at(),
                model.version(),
                after.frequency(),
                after.monetary(),
                after.lastOrderDay(),
                step(present.tier(), shop),
                after.group() == null ? null : step(present.group(), shop),
                step(present.stage(), shop),
                one.card().openWindows().stream().map(ScoreEvents::window).toList(),
                !one.told(),
                after.churn() == null ? null : churn(after, present.churn(), shop),
                one.card().classes());
    }

    private static ScoreChanged.Churn churn(StoredScore after, Step step, Shop shop) {
        var signs = Sign.split(after.churn()).stream().map(Sign::name).toList();
        return new ScoreChanged.Churn(signs, step(step, shop));
    }

    private static ScoreChanged.Step step(Step step, Shop shop) {
        return new ScoreChanged.Step(
                step.key(),
                step.rank(),
                step.previous(),
                step.previousRank(),
                step.since(),
                step.seq(),
                step.reason().in(shop.locale()),
                step.backfill());
    }

    private static RepurchaseWindow window(Forecast forecast) {
        return new RepurchaseWindow(
                forecast.productCode(),
                forecast.productName(),
                forecast.causeOrderId(),
                forecast.opensAt(),
                forecast.closesAt(),
                forecast.runsOutAt(),
                forecast.basis().name());
    }
}
