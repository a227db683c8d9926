package io.regulars.scoring.score;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

import io.regulars.kit.money.Money;
import io.regulars.scoring.history.Customers;

/// A score in a list.
///
/// @param frequency orders in the model's window
/// @param monetary kept in the model's window
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
        long version,
        int modelVersion,
        Instant scoredAt,
        Instant nextReviewAt) {

    /// The head of the table.
    static final List<String> COLUMNS = List.of(
            "customerId",
            "externalId",
            "tier",
            "tierRank",
            "fallsAt",
            "group",
            "stage",
            "frequency",
            "monetary",
            "currency",
            "lastOrderDay",
            "version",
            "modelVersion",
            "scoredAt",
            "nextReviewAt");

    List<?> cells() {
        return Arrays.asList(
                customerId,
                externalId,
                tier,
                tierRank,
                fallsAt,
                group,
                stage,
                frequency,
                monetary.amount(),
                monetary.currency(),
                lastOrderDay,
                version,
                modelVersion,
                scoredAt,
                nextReviewAt);
    }

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
                row.version(),
                row.modelVersion(),
                row.scoredAt(),
                row.nextReviewAt());
    }
}
