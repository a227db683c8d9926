package io.regulars.bench.audience;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/// A condition as Lucene is asked: all clauses filter, none is scored.
final class LuceneQuery {

    private final Instant now;

    private LuceneQuery(Instant now) {
        this.now = now;
    }

    static Query of(Question question, Instant now) {
        return new LuceneQuery(now).of(question.condition());
    }

    /// When a product was bought is a field of its own.
    static String boughtAt(String product) {
        return "bought " + product;
    }

    private Query of(JsonNode condition) {
        if (condition.has("all")) {
            return joined(condition.path("all"), Occur.FILTER);
        }
        if (condition.has("any")) {
            return joined(condition.path("any"), Occur.SHOULD);
        }
        return condition.has("not") ? not(of(condition.path("not"))) : leaf(condition);
    }

    private Query joined(JsonNode parts, Occur occur) {
        var all = new BooleanQuery.Builder();
        parts.forEach(part -> all.add(of(part), occur));
        return all.build();
    }

    private static Query not(Query query) {
        return new BooleanQuery.Builder()
                .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
                .add(query, Occur.MUST_NOT)
                .build();
    }

    private Query leaf(JsonNode leaf) {
        var field = leaf.path("field").asText();
        return switch (field) {
            case "frequency" -> range(leaf, JsonNode::asLong);
            case "monetary" -> range(leaf, LuceneQuery::minorUnits);
            case "lastOrderDay", "customerSince" -> day(leaf);
            case "bought" -> bought(leaf);
            default -> keyword(field, leaf);
        };
    }

    private static Query keyword(String field, JsonNode leaf) {
        var values = values(leaf);
        return switch (leaf.path("op").asText()) {
            case "eq", "in", "has" -> anyOf(field, values);
            case "ne", "notIn" -> not(anyOf(field, values));
            case "hasAll" -> {
                var all = new BooleanQuery.Builder();
                values.forEach(value -> all.add(new TermQuery(new Term(field, value)), Occur.FILTER));
                yield all.build();
            }
            default -> throw new IllegalArgumentException("not asked here: " + leaf);
        };
    }

    private static Query anyOf(String field, List<String> values) {
        return values.size() == 1
                ? new TermQuery(new Term(field, values.getFirst()))
                : new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
    }

    private static List<String> values(JsonNode leaf) {
        var value = leaf.path("value");
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : List.of(value.asText());
    }

    private static long minorUnits(JsonNode amount) {
        return new BigDecimal(amount.asText()).movePointRight(2).longValueExact();
    }

    private static Query range(JsonNode leaf, Function<JsonNode, Long> number) {
        var field = leaf.path("field").asText();
        var value = leaf.path("value");
        return switch (leaf.path("op").asText()) {
            case "gte" -> LongField.newRangeQuery(field, number.apply(value), Long.MAX_VALUE);
            case "lt" -> LongField.newRangeQuery(field, Long.MIN_VALUE, number.apply(value) - 1);
            case "between" -> LongField.newRangeQuery(field, number.apply(value.path(0)), number.apply(value.path(1)));
            default -> throw new IllegalArgumentException("not asked here: " + leaf);
        };
    }

    private Query day(JsonNode leaf) {
        var field = leaf.path("field").asText();
        var today = LocalDate.ofInstant(now, Question.ZONE).toEpochDay();
        return switch (leaf.path("op").asText()) {
            case "withinDays" ->
                LongField.newRangeQuery(field, today - leaf.path("value").asLong(), Long.MAX_VALUE);
            case "notWithinDays" ->
                LongField.newRangeQuery(
                        field, Long.MIN_VALUE, today - leaf.path("value").asLong() - 1);
            default -> range(leaf, day -> LocalDate.parse(day.asText()).toEpochDay());
        };
    }

    private Query bought(JsonNode leaf) {
        var since = leaf.has("within")
                ? now.minus(Duration.parse(leaf.path("within").asText())).toEpochMilli()
                : Long.MIN_VALUE;
        var any = new BooleanQuery.Builder();
        values(leaf)
                .forEach(code -> any.add(LongPoint.newRangeQuery(boughtAt(code), since, Long.MAX_VALUE), Occur.SHOULD));
        return any.build();
    }
}
