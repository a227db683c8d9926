package io.regulars.campaign.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Question;
import io.regulars.campaign.guardrail.BudgetsInMemory;
import io.regulars.campaign.guardrail.Charges;
import io.regulars.events.Channel;

/// The messages as rows in memory: what `Transitions`, `DueMessages`, `Messages` and `Recovery` say in SQL.
/// Each call is a transaction.
final class MessagesInMemory {

    static final Duration LEASE = Duration.ofMinutes(3);

    static final class Row {
        final MessageKey key;
        final Messages.Draft draft;
        final Instant plannedAt;
        MessageState state;
        String reason;
        Instant dueAt;
        boolean parked;
        boolean locked;
        int attempts;
        String claim;
        Instant leaseUntil;
        Instant countedAt;
        boolean perhapsSent;
        String charged;

        Row(MessageKey key, Messages.Draft draft, Instant plannedAt) {
            this.key = key;
            this.draft = draft;
            this.plannedAt = plannedAt;
        }

        @Override
        public String toString() {
            return "%s by %s: %s (%s)".formatted(draft, key, state, reason);
        }
    }

    final Map<MessageKey, Row> rows = new LinkedHashMap<>();
    private final Mutation mutation;
    private final LongPredicate active;
    private final BooleanSupplier stopped;
    private final BudgetsInMemory budgets;

    /// @param active whether a campaign is
    /// @param stopped whether all sending is
    MessagesInMemory(Mutation mutation, LongPredicate active, BooleanSupplier stopped, BudgetsInMemory budgets) {
        this.mutation = mutation;
        this.active = active;
        this.stopped = stopped;
        this.budgets = budgets;
    }

    void plan(List<Messages.Draft> drafts, Answers answers, Instant now) {
        var gate = new Gate(answers, now);
        for (var draft : drafts) {
            var key = new MessageKey(
                    draft.customer().merchantId(), draft.customer().customerId(), rows.size() + 1L);
            var row = new Row(key, draft, now);
            var question = new Question(draft.campaign(), draft.customer(), draft.occurrence());
            switch (gate.decide(question, draft.channel(), now)) {
                case Verdict.Go _, Verdict.Park _ -> set(row, MessageState.PLANNED, null, now);
                case Verdict.Hold(var until, var reason) -> set(row, MessageState.HELD, reason, until);
                case Verdict.Skip(var reason) -> set(row, MessageState.SKIPPED, reason, null);
            }
            rows.put(key, row);
        }
    }

    private static void set(Row row, MessageState state, String reason, Instant dueAt) {
        row.state = state;
        row.reason = reason;
        row.dueAt = dueAt;
    }

    List<Claimed> due(Channel channel, int limit, Instant now) {
        return rows.values().stream()
                .filter(row -> row.draft.channel() == channel && !row.parked && !row.locked)
                .filter(row -> row.dueAt != null && !row.dueAt.isAfter(now))
                .sorted(Comparator.comparing(row -> row.dueAt))
                .limit(limit)
                .map(MessagesInMemory::claimed)
                .toList();
    }

    private static Claimed claimed(Row row) {
        return new Claimed(
                row.key,
                row.draft.campaign().campaignId(),
                row.draft.campaign().revision(),
                row.draft.occurrence(),
                row.draft.step(),
                row.draft.channel(),
                row.attempts,
                row.plannedAt,
                row.perhapsSent,
                row.countedAt,
                Map.of());
    }

    Map<CustomerKey, Map<Channel, List<Instant>>> counted(Duration reach, Instant now) {
        Map<CustomerKey, Map<Channel, List<Instant>>> counted = new HashMap<>();
        rows.values().stream()
                .filter(row -> row.countedAt != null && row.countedAt.isAfter(now.minus(reach)))
                .sorted(Comparator.comparing((Row row) -> row.countedAt).reversed())
                .forEach(row -> counted.computeIfAbsent(row.draft.customer(), key -> new EnumMap<>(Channel.class))
                        .computeIfAbsent(row.draft.channel(), key -> new ArrayList<>())
                        .add(row.countedAt));
        return counted;
    }

    /// @param now by the worker's clock
    /// @param databaseNow by that of all
    Set<MessageKey> apply(Collection<Transition> transitions, Instant now, Instant databaseNow) {
        Set<MessageKey> applied = new HashSet<>();
        for (var transition : transitions) {
            var row = rows.get(transition.message());
            if (allowed(row, transition)) {
                apply(row, transition, now, databaseNow);
                applied.add(row.key);
            }
        }
        return applied;
    }

    private boolean allowed(Row row, Transition to) {
        var before = mutation == Mutation.STATES_IGNORED || to.to().before().contains(row.state.json());
        var mine = mutation == Mutation.CLAIMS_IGNORED
                || to.claim() == null
                || to.to() == MessageState.CLAIMED
                || to.claim().equals(row.claim);
        var goes = to.to() != MessageState.TRANSMITTING
                || mutation == Mutation.PAUSE_IGNORED
                || active.test(row.draft.campaign().campaignId());
        var going =
                to.to() != MessageState.TRANSMITTING || mutation == Mutation.STOP_IGNORED || !stopped.getAsBoolean();
        return before && mine && goes && going;
    }

    private void apply(Row row, Transition to, Instant now, Instant databaseNow) {
        set(row, to.to(), to.reason(), to.dueAt());
        row.claim = to.claim() == null ? row.claim : to.claim();
        row.attempts += to.attempt() ? 1 : 0;
        switch (to.to()) {
            case CLAIMED -> {
                row.countedAt = to.counts() ? now : null;
                row.charged = to.charged() == null ? row.charged : to.charged();
                row.leaseUntil = databaseNow.plus(LEASE);
            }
            case TRANSMITTING -> row.leaseUntil = databaseNow.plus(LEASE);
            case PLANNED, HELD, SKIPPED, FAILED -> {
                row.perhapsSent |= to.perhapsSent();
                row.countedAt = row.perhapsSent ? row.countedAt : null;
                if (!row.perhapsSent || mutation == Mutation.BUDGET_GIVEN_BACK_FOR_NOTHING) {
                    budgets.giveBack(
                            Charges.read(row.key.merchantId(), row.charged).toList());
                    row.charged = null;
                }
                row.leaseUntil = null;
            }
            default -> row.leaseUntil = null;
        }
    }

    void park(Collection<Claimed> paused) {
        paused.forEach(message -> rows.get(message.key()).parked = true);
    }

    /// Due, for these customers, besides the batch.
    Map<CustomerKey, List<Order.Rival>> waiting(List<Claimed> due, Set<Long> preferred, Instant now) {
        var inHand = due.stream().map(Claimed::key).toList();
        var customers = due.stream().map(Claimed::customer).toList();
        Map<CustomerKey, List<Order.Rival>> waiting = new HashMap<>();
        rows.values().stream()
                .filter(row -> waits(row, now)
                        && preferred.contains(row.draft.campaign().campaignId()))
                .filter(row -> customers.contains(row.draft.customer()) && !inHand.contains(row.key))
                .forEach(row -> waiting.computeIfAbsent(row.draft.customer(), key -> new ArrayList<>())
                        .add(new Order.Rival(
                                row.draft.channel(), row.draft.campaign().campaignId())));
        return waiting;
    }

    /// Not yet for too long.
    static boolean waits(Row row, Instant now) {
        return !row.parked
                && row.dueAt != null
                && !row.dueAt.isAfter(now)
                && row.dueAt.isAfter(now.minus(Precedence.PATIENCE));
    }

    void unparkAll() {
        rows.values().forEach(row -> row.parked = false);
    }

    void unpark(long campaign) {
        rows.values().stream()
                .filter(row -> row.draft.campaign().campaignId() == campaign)
                .forEach(row -> row.parked = false);
    }

    List<Recovery.Abandoned> abandoned(Instant databaseNow) {
        return rows.values().stream()
                .filter(row -> row.leaseUntil != null)
                .filter(row -> mutation == Mutation.LEASE_IGNORED || row.leaseUntil.isBefore(databaseNow))
                .map(row -> new Recovery.Abandoned(row.key, row.state, row.draft.channel(), row.claim))
                .toList();
    }

    /// When there is something to do next.
    Instant nextDue() {
        return rows.values().stream()
                .filter(row -> !row.parked)
                .map(row -> row.leaseUntil != null ? row.leaseUntil.plusMillis(1) : row.dueAt)
                .filter(java.util.Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }
}
