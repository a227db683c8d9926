package io.regulars.campaign.audience;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.events.ScoreChanged;
import io.regulars.events.ScoreChanged.Step;
import org.jdbi.v3.core.Jdbi;

/// Applies what the customers' records mean, and tells who moved.
@ApplicationScoped
public class Scores {

    /// A customer whose score is newer than the one held.
    ///
    /// @param before the standing until now
    public record Moved(Standing before, Standing after, ScoreChanged score) {}

    /// In the order of the key: batches of several topics lock the same rows.
    private static final String APPLY = """
            insert into audience (merchant_id, customer_id, score_version, scored_at, frequency, monetary,
              last_order_day, tier, tier_rank, tier_previous, tier_previous_rank, tier_seq, group_key, group_seq, stage,
              stage_seq, windows, churn_step, class_steps)
            select * from jsonb_to_recordset(:rows::jsonb) as r (merchant_id int, customer_id bigint,
              score_version bigint, scored_at timestamptz, frequency bigint, monetary bigint, last_order_day date,
              tier text, tier_rank int, tier_previous text, tier_previous_rank int, tier_seq bigint, group_key text,
              group_seq bigint, stage text, stage_seq bigint, windows jsonb, churn_step bigint, class_steps jsonb)
            order by merchant_id, customer_id
            on conflict (merchant_id, customer_id) do update set
              score_version = excluded.score_version, scored_at = excluded.scored_at, frequency = excluded.frequency,
              monetary = excluded.monetary, last_order_day = excluded.last_order_day, tier = excluded.tier,
              tier_rank = excluded.tier_rank, tier_previous = excluded.tier_previous,
              tier_previous_rank = excluded.tier_previous_rank, tier_seq = excluded.tier_seq,
              group_key = excluded.group_key, group_seq = excluded.group_seq, stage = excluded.stage,
              stage_seq = excluded.stage_seq, windows = excluded.windows, churn_step = excluded.churn_step,
              class_steps = excluded.class_steps
            where audience.score_version < excluded.score_version
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Customers customers;

    Scores(Jdbi jdbi, ObjectMapper json, Customers customers) {
        this.jdbi = jdbi;
        this.json = json;
        this.customers = customers;
    }

    /// Those of the scores that were newer than what was held, each with the standing before it.
    public List<Moved> apply(List<ScoreChanged> scores) {
        Map<CustomerKey, Long> held =
                customers.lockScoreVersions(scores.stream().map(Scores::key).toList());
        List<ScoreChanged> newer = scores.stream()
                .filter(score -> held.getOrDefault(key(score), 0L) < score.version())
                .toList();
        if (newer.isEmpty()) {
            return List.of();
        }
        Map<CustomerKey, Customer> before =
                customers.load(newer.stream().map(Scores::key).toList());
        ArrayNode rows = json.createArrayNode();
        List<Moved> moved = new ArrayList<>();
        for (ScoreChanged score : newer) {
            Customer known = before.get(key(score));
            Standing until = known == null ? Standing.UNSCORED : known.standing();
            Standing now = standing(score, until);
            rows.add(row(score, now));
            moved.add(new Moved(until, now, score));
        }
        jdbi.useHandle(handle ->
                handle.createUpdate(APPLY).bind("rows", rows.toString()).execute());
        return moved;
    }

    private static CustomerKey key(ScoreChanged score) {
        return new CustomerKey(score.merchantId(), score.customerId());
    }

    private static Standing standing(ScoreChanged score, Standing held) {
        Step tier = step(score.tier());
        Step group = step(score.group());
        Step stage = step(score.stage());
        return new Standing(
                tier.key(),
                tier.rank(),
                tier.previous(),
                tier.previousRank(),
                tier.seq(),
                group.key(),
                group.seq(),
                stage.key(),
                stage.seq(),
                score.openWindows(),
                score.churn() == null ? 0 : score.churn().step().seq(),
                held.classesAfter(score.classes()));
    }

    private static Step step(Step step) {
        return step == null ? new Step(null, -1, null, -1, null, 0, null, true) : step;
    }

    private ObjectNode row(ScoreChanged score, Standing standing) {
        ObjectNode row = json.createObjectNode()
                .put("merchant_id", score.merchantId())
                .put("customer_id", score.customerId())
                .put("score_version", score.version())
                .put("scored_at", score.scoredAt().toString())
                .put("frequency", score.frequency())
                .put("monetary", score.monetary())
                .put("tier", standing.tier())
                .put("tier_rank", standing.tierRank())
                .put("tier_previous", standing.tierPrevious())
                .put("tier_previous_rank", standing.tierPreviousRank())
                .put("tier_seq", standing.tierSeq())
                .put("group_key", standing.group())
                .put("group_seq", standing.groupSeq())
                .put("stage", standing.stage())
                .put("stage_seq", standing.stageSeq())
                .put("churn_step", standing.churnStep());
        row.put(
                "last_order_day",
                score.lastOrderDay() == null ? null : score.lastOrderDay().toString());
        row.set("windows", json.valueToTree(standing.windows()));
        row.set("class_steps", json.valueToTree(standing.classes()));
        return row;
    }
}
