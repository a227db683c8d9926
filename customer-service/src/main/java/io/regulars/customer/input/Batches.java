package io.regulars.customer.input;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.regulars.kit.problem.ItemProblem;
import io.regulars.kit.problem.JsonProblems;
import io.regulars.kit.problem.Problems;

/// Runs a batch: reads and checks each item alone, writes the good ones together, and answers for each.
@Singleton
public class Batches {

    private static final int MOST = 1_000;

    private final ObjectMapper json;

    Batches(ObjectMapper json) {
        this.json = json;
    }

    /// @param <I> an item as it is posted
    /// @param <D> an item that was checked
    /// @param <R> an item that was written
    /// @param check gives the checked item or throws its problem
    /// @param write all good items at once, where there is one; an answer for each, in their order
    public <I, D, R> BatchView run(
            BatchInput batch,
            Class<I> type,
            Function<I, D> check,
            Function<List<D>, List<Written<R>>> write,
            Function<R, String> id,
            Function<R, String> externalId) {
        List<JsonNode> items = bounded(batch);
        var problems = new HttpProblem[items.size()];
        var good = new ArrayList<D>();
        for (int i = 0; i < items.size(); i++) {
            try {
                good.add(check.apply(read(items.get(i), type)));
            } catch (HttpProblem problem) {
                problems[i] = problem;
            }
        }
        List<Written<R>> results = good.isEmpty() ? List.of() : write.apply(good);
        var written = results.iterator();
        var answers = new ArrayList<BatchView.Item>();
        for (int i = 0; i < items.size(); i++) {
            answers.add(
                    problems[i] != null
                            ? rejected(i, items.get(i), problems[i])
                            : answer(i, items.get(i), written.next(), id, externalId));
        }
        return BatchView.of(answers);
    }

    private static List<JsonNode> bounded(BatchInput batch) {
        if (batch == null || batch.items() == null) {
            throw Problems.invalid("items", "is required");
        }
        if (batch.items().isEmpty() || batch.items().size() > MOST) {
            throw Problems.invalid(
                    "items",
                    "must hold 1 to 1,000 items, not %,d"
                            .formatted(batch.items().size()));
        }
        return batch.items();
    }

    private <I> I read(JsonNode item, Class<I> type) {
        if (item == null || !item.isObject()) {
            throw Problems.invalid("", "must be an object");
        }
        try {
            return json.treeToValue(item, type);
        } catch (JsonProcessingException e) {
            throw JsonProblems.of(e);
        }
    }

    private static <R> BatchView.Item answer(
            int index, JsonNode item, Written<R> written, Function<R, String> id, Function<R, String> externalId) {
        if (written.problem() != null) {
            return rejected(index, item, written.problem());
        }
        return new BatchView.Item(
                index, written.outcome().word(), id.apply(written.row()), externalId.apply(written.row()), null);
    }

    private static BatchView.Item rejected(int index, JsonNode item, HttpProblem problem) {
        JsonNode named = item == null ? null : item.get("externalId");
        return new BatchView.Item(
                index,
                Outcome.REJECTED.word(),
                null,
                named != null && named.isTextual() ? named.textValue() : null,
                ItemProblem.of(problem));
    }
}
