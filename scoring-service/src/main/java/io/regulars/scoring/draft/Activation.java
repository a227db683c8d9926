package io.regulars.scoring.draft;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.kit.problem.Problems;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.Learning;
import io.regulars.scoring.model.ModelDefinition;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.recompute.Recomputes;

/// Makes a model the one that scores: with cut-points that it learned by its own rules, and everybody scored
/// anew.
@ApplicationScoped
class Activation {

    private final Shops shops;
    private final Models models;
    private final Learning learning;
    private final Recomputes recomputes;
    private final Clock clock;

    Activation(Shops shops, Models models, Learning learning, Recomputes recomputes, Clock clock) {
        this.shops = shops;
        this.models = models;
        this.learning = learning;
        this.recomputes = recomputes;
        this.clock = clock;
    }

    /// @return the recompute
    long activate(ScoringModel model, ModelDefinition definition) {
        var violations = definition.violations();
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
        var now = clock.instant();
        var shop = shops.lock(model.merchantId);
        var before = models.active(shop).definition();
        ScoringModel.activeOf(model.merchantId)
                .filter(active -> active != model)
                .ifPresent(ScoringModel::retire);
        // The retired one must be written first: the schema allows one active model at a time.
        ScoringModel.flush();
        model.activate(now);
        ScoringModel.flush();
        var learned = learning.learn(shop, model.version, definition, shop.calibrationNo() + 1, now);
        models.keep(shop, learned, now);
        shops.use(model.merchantId, model.version, learned.model().calibration().no());
        var rebuild = !before.forecast().equals(definition.forecast());
        return recomputes.request(model.merchantId, Recomputes.Reason.model, rebuild);
    }
}
