package io.regulars.scoring.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.regulars.scoring.churn.Warning;
import io.regulars.scoring.forecast.Forecast;
import io.regulars.scoring.group.Groups.Rfm;
import io.regulars.scoring.history.Pin;
import io.regulars.scoring.lifecycle.Loss;
import io.regulars.scoring.lifecycle.Stage;
import io.regulars.scoring.tier.TierStanding;

/// What a model says of one customer at one instant.
///
/// @param day the instant's day in the merchant's zone, counted from 1970-01-01
/// @param rfm what the group is judged by, null for who never bought
/// @param group null for who never bought, and while the shop has no cut-points
/// @param lastOrderDay null for who never bought
/// @param openWindows in the order of their products
/// @param pin by which the tier is held, null where it is earned
/// @param classes the class of each name that is known
/// @param loss for how long a lost customer is lost, null for who is not
/// @param churn null where there is nothing to warn of
/// @param nextReviewAt first instant at which anything of this could change by time alone, null where nothing can
public record Scorecard(
        Instant at,
        int day,
        TierStanding tier,
        Rfm rfm,
        String group,
        Stage stage,
        LocalDate lastOrderDay,
        List<Forecast> openWindows,
        Pin pin,
        Map<String, String> classes,
        Loss loss,
        Warning churn,
        Instant nextReviewAt) {

    public long frequency() {
        return tier.points().frequency();
    }

    public long monetary() {
        return tier.points().monetary();
    }
}
