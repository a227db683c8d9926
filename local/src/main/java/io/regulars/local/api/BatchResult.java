package io.regulars.local.api;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/// What became of the items of one or more batches.
///
/// @param problems the first few rejections, each with the item's id
public record BatchResult(long created, long updated, long unchanged, long rejected, List<String> problems) {

    static final BatchResult NONE = new BatchResult(0, 0, 0, 0, List.of());

    private static final int PROBLEMS = 5;

    static BatchResult of(JsonNode answer) {
        var problems = new ArrayList<String>();
        for (var item : answer.path("items")) {
            if (item.path("status").asText().equals("rejected") && problems.size() < PROBLEMS) {
                problems.add(item.path("externalId").asText() + ": " + item.path("problem"));
            }
        }
        return new BatchResult(
                answer.path("created").asLong(),
                answer.path("updated").asLong(),
                answer.path("unchanged").asLong(),
                answer.path("rejected").asLong(),
                List.copyOf(problems));
    }

    BatchResult plus(BatchResult other) {
        return new BatchResult(
                created + other.created,
                updated + other.updated,
                unchanged + other.unchanged,
                rejected + other.rejected,
                Stream.concat(problems.stream(), other.problems.stream())
                        .limit(PROBLEMS)
                        .toList());
    }
}
