package io.regulars.scoring.score;

import java.time.Instant;

import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.model.Model;

/// Days of a standing as instants.
final class StandingDays {

    private StandingDays() {}

    /// The day's beginning, null where there is no day.
    static Instant start(Model model, int day) {
        return day == PurchaseHistory.NEVER ? null : model.startOf(day);
    }
}
