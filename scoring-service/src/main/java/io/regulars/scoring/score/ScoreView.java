package io.regulars.scoring.score;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.regulars.kit.money.Money;
import io.regulars.scoring.churn.Sign;
import io.regulars.scoring.history.Customers;

/// A score in a list.
///
/// @param frequency orders in the model's window
/// @param monetary kept in the model's window
/// @param churn the signs that the customer is about to be lost, absent where there are none
/// @param churnSince since when, absent where there are none
/// @param classes the class of each name that is known
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
        Map<String, String> classes,
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
            "churn",
            "churnSince",
            "classes",
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
                churn == null ? null : Sign.joined(churn),
                churnSince,
                classes.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining(" ")),
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
                row.churn() == null ? null : Sign.split(row.churn()),
                row.churnSince(),
                classes(row.classes()),
                row.version(),
                row.modelVersion(),
                row.scoredAt(),
                row.nextReviewAt());
    }

    private static Map<String, String> classes(String stored) {
        return Arrays.stream(stored.split(" "))
                .map(one -> one.split("=", 2))
                .filter(one -> one.length == 2)
                .collect(Collectors.toMap(one -> one[0], one -> one[1], (one, other) -> one, LinkedHashMap::new));
    }
}
