package io.regulars.campaign.trigger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.EventTrigger;
import io.regulars.campaign.campaign.Happening;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Trigger.Cause;
import io.regulars.campaign.journey.Awakenings;
import io.regulars.campaign.journey.Enrolments;
import io.regulars.kit.id.Ref;
import org.jdbi.v3.core.Jdbi;

/// Events that a shop tells over the API: each once by its id, and what it gives cause for in the same transaction.
@ApplicationScoped
class ShopEvents {

    /// An event that was read and found good.
    record Draft(String id, String name, Ref customer, Instant occurredAt, Map<String, String> properties) {}

    /// What became of an event.
    enum Told {
        created,
        unchanged,
        unknownCustomer
    }

    private static final String BY_EXTERNAL = """
            select distinct on (external_id) external_id, customer_id from audience
            where merchant_id = :merchant and external_id = any(:externals)
            order by external_id, erased, profile_version desc
            """;

    private static final String BY_ID = """
            select customer_id from audience
            where merchant_id = :merchant and customer_id = any(:customers) and profile_version > 0
            """;

    /// In one order, so that two who tell the same events do not wait for each other.
    private static final String INSERT = """
            insert into shop_event (merchant_id, event_id, customer_id, name, occurred_at, properties, received_at)
            select :merchant, event_id, customer_id, name, occurred_at, properties, :now
            from unnest(:ids::text[], :customers::bigint[], :names::text[], :instants::timestamptz[],
              :properties::jsonb[]) as r (event_id, customer_id, name, occurred_at, properties)
            order by event_id
            on conflict (merchant_id, event_id) do nothing
            returning event_id
            """;

    private static final String FORGET = """
            delete from shop_event where ctid = any(array(
              select ctid from shop_event where received_at < :before order by received_at limit :limit
              for update skip locked))
            """;

    private static final String BETWEEN = """
            select event_id, customer_id, name, occurred_at, properties from shop_event
            where merchant_id = :merchant and name = :name and occurred_at > :from and occurred_at <= :until
              and received_at > :from
            order by occurred_at limit :most
            """;

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final Jdbi jdbi;
    private final Clock clock;
    private final ObjectMapper json;
    private final Plans plans;
    private final Enrolments enrolments;
    private final Awakenings awakenings;

    ShopEvents(Jdbi jdbi, Clock clock, ObjectMapper json, Plans plans, Enrolments enrolments, Awakenings awakenings) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.json = json;
        this.plans = plans;
        this.enrolments = enrolments;
        this.awakenings = awakenings;
    }

    /// An answer for each, in their order.
    @Transactional
    List<Told> tell(int merchant, List<Draft> drafts) {
        Map<Ref, Long> customers = customers(merchant, drafts);
        List<Draft> known = drafts.stream()
                .filter(draft -> customers.containsKey(draft.customer()))
                .toList();
        List<Plan> active = known.isEmpty() ? List.of() : plans.active(Set.of(merchant));
        awakenings.begin(
                known.stream()
                        .map(draft -> new CustomerKey(merchant, customers.get(draft.customer())))
                        .toList(),
                Map.of(merchant, active));
        Set<String> created = insert(merchant, known, customers);
        List<Draft> fresh =
                known.stream().filter(draft -> created.contains(draft.id())).toList();
        enrol(active, fresh, customers);
        awakenings.told(facts(merchant, fresh, customers), Map.of(merchant, active));
        Set<String> left = new HashSet<>(created);
        return drafts.stream()
                .map(draft -> !customers.containsKey(draft.customer())
                        ? Told.unknownCustomer
                        : left.remove(draft.id()) ? Told.created : Told.unchanged)
                .toList();
    }

    /// @return how many there were, at most so many
    int forget(Instant before, int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate(FORGET)
                .bind("before", before)
                .bind("limit", limit)
                .execute());
    }

    /// The causes that a campaign would have had in the past.
    List<Recollections.Found> between(Plan plan, EventTrigger trigger, Instant from, Instant until, int most) {
        return jdbi.withHandle(handle -> handle
                .createQuery(BETWEEN)
                .bind("merchant", plan.merchantId())
                .bind("name", trigger.name())
                .bind("from", from)
                .bind("until", until)
                .bind("most", most)
                .map((row, context) -> {
                    var told = new Draft(
                            row.getString("event_id"),
                            row.getString("name"),
                            null,
                            row.getTimestamp("occurred_at").toInstant(),
                            properties(row.getString("properties")));
                    long customer = row.getLong("customer_id");
                    return cause(plan, trigger, told)
                            .map(cause -> new Recollections.Found(customer, cause, told.occurredAt()));
                })
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    private Map<String, String> properties(String text) {
        try {
            return json.readValue(text, TEXTS);
        } catch (IOException e) {
            throw new UncheckedIOException("an event's properties are unreadable", e);
        }
    }

    private static List<Awakenings.Fact> facts(int merchant, List<Draft> drafts, Map<Ref, Long> customers) {
        return drafts.stream()
                .map(draft -> new Awakenings.Fact(
                        merchant,
                        customers.get(draft.customer()),
                        Happening.key(Happening.EVENT, draft.name()),
                        draft.occurredAt()))
                .toList();
    }

    private void enrol(List<Plan> active, List<Draft> created, Map<Ref, Long> customers) {
        List<Enrolments.Entry> entries = new ArrayList<>();
        for (Plan plan : active) {
            if (plan.definition().trigger() instanceof EventTrigger trigger) {
                created.stream()
                        .flatMap(draft -> cause(plan, trigger, draft).stream()
                                .map(cause -> new Enrolments.Entry(plan, customers.get(draft.customer()), cause)))
                        .forEach(entries::add);
            }
        }
        enrolments.enrol(entries);
    }

    /// What happened before the campaign is no cause.
    static Optional<Cause> cause(Plan plan, EventTrigger trigger, Draft draft) {
        if (draft.occurredAt().isBefore(plan.activatedAt()) || !trigger.matches(draft.name(), draft.properties())) {
            return Optional.empty();
        }
        return Optional.of(new Cause("event:" + draft.id(), EventTrigger.context(draft.properties()))
                .happenedAt(draft.occurredAt()));
    }

    private Set<String> insert(int merchant, List<Draft> drafts, Map<Ref, Long> customers) {
        if (drafts.isEmpty()) {
            return Set.of();
        }
        return jdbi.withHandle(handle -> handle.createQuery(INSERT)
                .bind("merchant", merchant)
                .bind("now", clock.instant())
                .bindArray("ids", String.class, drafts.stream().map(Draft::id).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        drafts.stream()
                                .map(draft -> customers.get(draft.customer()))
                                .toList())
                .bindArray(
                        "names", String.class, drafts.stream().map(Draft::name).toList())
                .bindArray(
                        "instants",
                        String.class,
                        drafts.stream()
                                .map(draft -> draft.occurredAt().toString())
                                .toList())
                .bindArray(
                        "properties",
                        String.class,
                        drafts.stream()
                                .map(draft ->
                                        json.valueToTree(draft.properties()).toString())
                                .toList())
                .mapTo(String.class)
                .set());
    }

    private Map<Ref, Long> customers(int merchant, List<Draft> drafts) {
        List<String> externals = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        drafts.forEach(draft -> {
            switch (draft.customer()) {
                case Ref.External(String external) -> externals.add(external);
                case Ref.Id(long id) -> ids.add(id);
            }
        });
        Map<Ref, Long> customers = new HashMap<>();
        jdbi.useHandle(handle -> {
            handle.createQuery(BY_EXTERNAL)
                    .bind("merchant", merchant)
                    .bindArray("externals", String.class, externals)
                    .map((row, context) -> customers.put(new Ref.External(row.getString(1)), row.getLong(2)))
                    .list();
            handle.createQuery(BY_ID)
                    .bind("merchant", merchant)
                    .bindArray("customers", Long.class, ids)
                    .map((row, context) -> customers.put(new Ref.Id(row.getLong(1)), row.getLong(1)))
                    .list();
        });
        return customers;
    }
}
