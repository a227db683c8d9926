package io.regulars.scoring.score;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;

import io.regulars.kit.money.Money;
import io.regulars.scoring.churn.Sign;
import io.regulars.scoring.history.Customers;

/// A score in a list.
///
/// @param frequency orders in the model's window
/// @param monetary kept in the model's window
/// @param churn the signs that the customer is about to be lost, absent where there are none
/// @param churnSince since when, absent where there are none
/// @param fallsAt when the tier will be lost unless points come, absent while no grace period runs
public record ScoreView(
        String customerId,
        String externalId,
        String tier,
        int tierRank,
        Instant fallsAt,
        String group,
        String stage,
        long frequency,
        Money monetary,
        LocalDate lastOrderDay,
        Set<Sign> churn,
        Instant churnSince,
        long version,
        int modelVersion,
        Instant scoredAt,
        Instant nextReviewAt) {

    static ScoreView from(ScoreList.Row row, String currency) {
        return new ScoreView(
                Customers.publicId(row.customerId()),
                row.externalId(),
                row.tier(),
                row.tierRank(),
                row.fallsAt(),
                row.group(),
                row.stage(),
                row.frequency(),
                Money.ofMinor(row.monetary(), currency),
                row.lastOrderDay(),
                row.churn() == null ? null : Sign.split(row.churn()),
                row.churnSince(),
                row.version(),
                row.modelVersion(),
                row.scoredAt(),
                row.nextReviewAt());
    }
}
