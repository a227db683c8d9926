package io.regulars.campaign.audience;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import io.regulars.campaign.audience.Condition.All;
import io.regulars.campaign.audience.Condition.Any;
import io.regulars.campaign.audience.Condition.Leaf;
import io.regulars.campaign.audience.Condition.Not;
import org.jdbi.v3.core.statement.SqlStatement;

/// A condition as SQL over the copy under the alias `a`, every value a parameter.
///
/// A `not` is pushed down to the leaves: what stands as `exists` or `not exists` between the `and`s of the query the
/// planner turns into a join, and what lies in brackets it asks for each row.
public final class ConditionSql {

    /// Whom the condition is asked of.
    enum Aim {
        /// All customers of a shop: what is counted beside the copy is counted for all of them at once.
        SHOP,
        /// Some customers: it is looked up for each.
        SOME
    }

    private final Parameters parameters;
    private final LeafSql leaves;
    private final String sql;

    private ConditionSql(Condition condition, Shop shop, Instant now, Aim aim) {
        this.parameters = new Parameters(shop, now);
        this.leaves = new LeafSql(shop, parameters, aim);
        this.sql = sql(condition, false);
    }

    /// For a question about a whole shop.
    ///
    /// @param condition without references to segments: `Segments.resolve` puts what they stand for in their place
    /// @param now the instant that `withinDays` and `within` are seen from, in the shop's zone
    public static ConditionSql of(Condition condition, Shop shop, Instant now) {
        return of(condition, shop, now, Aim.SHOP);
    }

    static ConditionSql of(Condition condition, Shop shop, Instant now, Aim aim) {
        return new ConditionSql(condition, shop, now, aim);
    }

    /// A boolean expression; null, of a customer of whom too little is known, means no.
    public String sql() {
        return sql;
    }

    public <S extends SqlStatement<S>> S bind(S statement) {
        return parameters.bind(statement);
    }

    /// Whether the condition holds; or, turned round, whether it does not hold for sure.
    private String sql(Condition condition, boolean not) {
        return switch (condition) {
            case All(var parts) when parts.isEmpty() -> String.valueOf(!not);
            case Any(var parts) when parts.isEmpty() -> String.valueOf(not);
            case All(var parts) -> joined(parts, not, not ? " or " : " and ");
            case Any(var parts) -> joined(parts, not, not ? " and " : " or ");
            case Not(var part) -> sql(part, !not);
            case Leaf leaf -> leaves.sql(leaf, not);
        };
    }

    private String joined(List<Condition> parts, boolean not, String word) {
        return parts.stream().map(part -> sql(part, not)).collect(Collectors.joining(word, "(", ")"));
    }
}
