package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.CampaignResumed;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Question;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/// Plans messages: one for each customer, cause, step and channel.
@ApplicationScoped
public class Messages {

    /// A message to plan.
    public record Draft(
            Plan.Key campaign, CustomerKey customer, long enrolmentId, String occurrence, int step, Channel channel) {}

    /// A message's first state.
    private record Planned(MessageState state, String reason, Instant due, Instant until) {
        String entry(Instant now) {
            return Trail.entry(now, state, reason, until);
        }
    }

    private static final String PLAN = """
            insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step, channel,
              state, reason, due_at, planned_at, updated_at, trail)
            select merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step, channel,
              state, reason, due_at, :now, :now, jsonb_build_array(entry)
            from unnest(:merchants::int[], :customers::bigint[], :campaigns::bigint[], :revisions::int[],
                :enrolments::bigint[], :occurrences::text[], :steps::int[], :channels::text[], :states::text[],
                :reasons::text[], :dues::timestamptz[], :entries::jsonb[])
              as r (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step, channel, state,
                reason, due_at, entry)
            on conflict on constraint message_once_for_a_cause do nothing
            """;

    private static final String UNPARK = """
            update message set parked = false where merchant_id = :merchant and campaign_id = :campaign and parked
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final AfterCommit afterCommit;
    private final Dispatch dispatch;

    Messages(Jdbi jdbi, Clock clock, AfterCommit afterCommit, Dispatch dispatch) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.afterCommit = afterCommit;
        this.dispatch = dispatch;
    }

    /// In the caller's transaction. A message that surely will not go out is planned as skipped, with its
    /// reason.
    @Transactional(Transactional.TxType.MANDATORY)
    public void plan(List<Draft> drafts, Answers answers) {
        if (drafts.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        var gate = new Gate(answers, now);
        List<Planned> planned =
                drafts.stream().map(draft -> planned(draft, gate, now)).toList();
        jdbi.useHandle(handle -> {
            Update plan = handle.createUpdate(PLAN).bind("now", now);
            bind(
                    plan,
                    "merchants",
                    Integer.class,
                    drafts,
                    draft -> draft.customer().merchantId());
            bind(
                    plan,
                    "customers",
                    Long.class,
                    drafts,
                    draft -> draft.customer().customerId());
            bind(
                    plan,
                    "campaigns",
                    Long.class,
                    drafts,
                    draft -> draft.campaign().campaignId());
            bind(
                    plan,
                    "revisions",
                    Integer.class,
                    drafts,
                    draft -> draft.campaign().revision());
            bind(plan, "enrolments", Long.class, drafts, Draft::enrolmentId);
            bind(plan, "occurrences", String.class, drafts, Draft::occurrence);
            bind(plan, "steps", Integer.class, drafts, Draft::step);
            bind(plan, "channels", String.class, drafts, draft -> ChannelNames.of(draft.channel()));
            bind(plan, "states", String.class, planned, one -> one.state().json());
            bind(plan, "reasons", String.class, planned, Planned::reason);
            bind(
                    plan,
                    "dues",
                    String.class,
                    planned,
                    one -> one.due() == null ? null : one.due().toString());
            bind(plan, "entries", String.class, planned, one -> one.entry(now));
            plan.execute();
        });
        Set<Channel> channels = drafts.stream().map(Draft::channel).collect(Collectors.toSet());
        afterCommit.run(() -> dispatch.wake(channels));
    }

    void unpark(@Observes CampaignResumed resumed) {
        jdbi.useHandle(handle -> handle.createUpdate(UNPARK)
                .bind("merchant", resumed.merchantId())
                .bind("campaign", resumed.campaignId())
                .execute());
        afterCommit.run(() -> dispatch.wake(EnumSet.allOf(Channel.class)));
    }

    private static Planned planned(Draft draft, Gate gate, Instant now) {
        var question = new Question(draft.campaign(), draft.customer(), draft.occurrence());
        return switch (gate.decide(question, draft.channel(), now)) {
            case Verdict.Go _, Verdict.Park _ -> new Planned(MessageState.PLANNED, null, now, null);
            case Verdict.Hold(var until, var reason) -> new Planned(MessageState.HELD, reason, until, until);
            case Verdict.Skip(var reason) -> new Planned(MessageState.SKIPPED, reason, null, null);
        };
    }

    private static <D, T> void bind(Update update, String name, Class<T> type, List<D> rows, Function<D, T> column) {
        update.bindArray(name, type, rows.stream().map(column).toList());
    }
}
