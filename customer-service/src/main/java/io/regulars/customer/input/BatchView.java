package io.regulars.customer.input;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.regulars.kit.problem.ItemProblem;

/// The answer to a batch, item by item in the order of the request.
public record BatchView(List<Item> items, int created, int updated, int unchanged, int rejected) {

    /// @param status `created`, `updated`, `unchanged`, `rejected`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(int index, String status, String id, String externalId, ItemProblem problem) {}

    static BatchView of(List<Item> items) {
        return new BatchView(
                items,
                count(items, Outcome.CREATED),
                count(items, Outcome.UPDATED),
                count(items, Outcome.UNCHANGED),
                count(items, Outcome.REJECTED));
    }

    private static int count(List<Item> items, Outcome outcome) {
        return (int) items.stream()
                .filter(item -> item.status().equals(outcome.word()))
                .count();
    }
}
