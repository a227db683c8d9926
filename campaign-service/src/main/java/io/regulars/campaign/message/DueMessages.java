package io.regulars.campaign.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Eligibility;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.guardrail.Stops;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// Hands out the messages whose time has come, after everything was checked once more in the same transaction.
@ApplicationScoped
class DueMessages {

    /// @param looked how many were due, whatever became of them
    record Batch(int looked, List<Claimed> claimed, Answers answers) {}

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /// The messages first and by themselves: of a join on three columns the planner expects next to nothing,
    /// and would rather read all that are due, and all enrolments, than the few that the limit asks for.
    private static final String DUE = """
            with due as materialized (
              select * from message m
              where m.channel = :channel and m.due_at <= :now and not m.parked
              order by m.due_at limit :limit
              for update of m skip locked)
            select d.merchant_id, d.customer_id, d.id, d.campaign_id, d.revision, d.occurrence, d.step, d.channel,
              d.attempts, d.planned_at, d.perhaps_sent, d.counted_at, d.provider_id, e.context
            from due d
            join enrolment e on e.merchant_id = d.merchant_id and e.customer_id = d.customer_id and e.id = d.enrolment_id
            order by d.due_at
            """;

    /// One worker at a time decides for a customer, so that two cannot both find the last place below a cap. In
    /// the order of the locks, so that two workers never wait for each other.
    private static final String ONE_AT_A_TIME = """
            select pg_advisory_xact_lock(k.merchant_id, k.lock)
            from (select distinct merchant_id, hashint8(customer_id) as lock
              from unnest(:merchants::int[], :customers::bigint[]) as c (merchant_id, customer_id)
              order by 1, 2) k
            """;

    private static final String COUNTED = """
            select m.merchant_id, m.customer_id, m.channel, m.counted_at from message m
            join unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
              on m.merchant_id = k.merchant_id and m.customer_id = k.customer_id
            where m.counted_at > :since
            order by m.counted_at desc
            """;

    private static final String PARK = """
            update message m set parked = true
            from unnest(:merchants::int[], :customers::bigint[], :ids::bigint[]) as k (merchant_id, customer_id, id)
            where m.merchant_id = k.merchant_id and m.customer_id = k.customer_id and m.id = k.id
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;
    private final Eligibility eligibility;
    private final Plans plans;
    private final Transitions transitions;
    private final Claims claims;
    private final Restraints restraints;

    DueMessages(
            Jdbi jdbi,
            ObjectMapper json,
            Clock clock,
            Eligibility eligibility,
            Plans plans,
            Transitions transitions,
            Claims claims,
            Restraints restraints) {
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
        this.eligibility = eligibility;
        this.plans = plans;
        this.transitions = transitions;
        this.claims = claims;
        this.restraints = restraints;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    Batch claim(Channel channel, int limit, String claim) {
        Instant now = clock.instant();
        List<Claimed> found = due(channel, limit, now);
        if (found.isEmpty()) {
            return new Batch(0, List.of(), null);
        }
        Restraints.Present present = restraints.present(found);
        Set<Integer> stopped = restraints.stopped(present, found);
        if (stopped.contains(Stops.EVERYBODY)) {
            // nothing is touched, and there is nothing to hurry for
            return new Batch(0, List.of(), null);
        }
        List<Claimed> due = going(found, stopped);
        if (due.isEmpty()) {
            return new Batch(found.size(), List.of(), null);
        }
        lockCustomers(due);
        Answers answers = eligibility.ask(due.stream().map(Claimed::question).toList());
        // before budgets: whoever edits a campaign holds it when it comes to them
        plans.stillPaused(due.stream()
                .map(one -> answers.plan(one.plan()))
                .filter(Plan::paused)
                .distinct()
                .toList());
        Map<CustomerKey, Map<Channel, List<Instant>>> counted = counted(due, answers, now);
        Round.Limits limits = restraints.limits(present, due, counted, answers, now);
        var round = Round.of(due, channel, claim, answers, limits, now);
        restraints.keep(limits);
        transitions.apply(round.changes(), now);
        // an in-site message is laid in by this transaction: nobody will look for it
        if (channel != Channel.INBOX && !round.going().isEmpty()) {
            claims.begin(claim, round.going().stream().map(Claimed::key).toList());
        }
        park(round.paused(), answers);
        return new Batch(found.size(), round.going(), answers);
    }

    private List<Claimed> due(Channel channel, int limit, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(DUE)
                .bind("channel", ChannelNames.of(channel))
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> claimed(row))
                .list());
    }

    /// What is due of a merchant whose sending is stopped is put aside until it goes on.
    private List<Claimed> going(List<Claimed> found, Set<Integer> stopped) {
        Map<Boolean, List<Claimed>> byStop = found.stream()
                .collect(Collectors.partitioningBy(
                        one -> stopped.contains(one.key().merchantId())));
        park(byStop.get(true));
        return byStop.get(false);
    }

    private void lockCustomers(List<Claimed> due) {
        jdbi.useHandle(handle -> handle.createQuery(ONE_AT_A_TIME)
                .bindArray(
                        "merchants",
                        Integer.class,
                        due.stream().map(one -> one.key().merchantId()).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        due.stream().map(one -> one.key().customerId()).toList())
                .map((row, context) -> true)
                .list());
    }

    private Map<CustomerKey, Map<Channel, List<Instant>>> counted(List<Claimed> due, Answers answers, Instant now) {
        Duration reach = due.stream()
                .map(one -> answers.settings(one.key().merchantId()).reach())
                .max(Duration::compareTo)
                .orElseThrow();
        List<CustomerKey> customers =
                due.stream().map(Claimed::customer).distinct().toList();
        Map<CustomerKey, Map<Channel, List<Instant>>> counted = new HashMap<>();
        jdbi.useHandle(handle -> CustomerKey.bind(handle.createQuery(COUNTED), customers)
                .bind("since", now.minus(reach))
                .map((row, context) -> counted.computeIfAbsent(
                                new CustomerKey(row.getInt(1), row.getLong(2)), key -> new EnumMap<>(Channel.class))
                        .computeIfAbsent(ChannelNames.parse(row.getString(3)), key -> new ArrayList<>())
                        .add(row.getTimestamp(4).toInstant()))
                .list());
        return counted;
    }

    private void park(List<Claimed> paused, Answers answers) {
        Collection<Plan> asked =
                paused.stream().map(one -> answers.plan(one.plan())).distinct().toList();
        Set<Long> still = plans.stillPaused(asked);
        park(paused.stream().filter(one -> still.contains(one.campaignId())).toList());
    }

    private void park(List<Claimed> parked) {
        if (parked.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(PARK)
                .bindArray(
                        "merchants",
                        Integer.class,
                        parked.stream().map(one -> one.key().merchantId()).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        parked.stream().map(one -> one.key().customerId()).toList())
                .bindArray(
                        "ids",
                        Long.class,
                        parked.stream().map(one -> one.key().id()).toList())
                .execute());
    }

    private Claimed claimed(ResultSet row) throws SQLException {
        return new Claimed(
                new MessageKey(row.getInt("merchant_id"), row.getLong("customer_id"), row.getLong("id")),
                row.getLong("campaign_id"),
                row.getInt("revision"),
                row.getString("occurrence"),
                row.getInt("step"),
                ChannelNames.parse(row.getString("channel")),
                row.getInt("attempts"),
                row.getTimestamp("planned_at").toInstant(),
                row.getBoolean("perhaps_sent"),
                Optional.ofNullable(row.getTimestamp("counted_at"))
                        .map(Timestamp::toInstant)
                        .orElse(null),
                texts(row.getString("context")),
                row.getString("provider_id"));
    }

    private Map<String, String> texts(String context) {
        if ("{}".equals(context)) {
            return Map.of();
        }
        try {
            return json.readValue(context, TEXTS);
        } catch (IOException e) {
            throw new UncheckedIOException("an enrolment's context is unreadable", e);
        }
    }
}
