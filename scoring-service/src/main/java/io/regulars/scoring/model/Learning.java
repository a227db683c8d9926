package io.regulars.scoring.model;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.Shop;

/// Looks at a whole shop as of an instant and says where it splits and how often its customers come back.
@ApplicationScoped
public class Learning {

    private final Histories histories;

    Learning(Histories histories) {
        this.histories = histories;
    }

    /// @param buyers how many customers had ever bought
    public record Learned(Model model, int buyers) {}

    /// The model that these rules make with what the shop was like at the instant.
    @Transactional
    public Learned learn(Shop shop, int version, ModelDefinition definition, int no, Instant at) {
        var day = new Model(version, definition, Calibration.NONE, shop.zone(), shop.fractionDigits()).day(at);
        var sample = new CalibrationSample(definition, shop.fractionDigits(), day);
        histories.all(shop.merchantId(), present -> sample.add(present.history()));
        var model = new Model(version, definition, sample.calibration(no), shop.zone(), shop.fractionDigits());
        return new Learned(model, sample.buyers());
    }
}
