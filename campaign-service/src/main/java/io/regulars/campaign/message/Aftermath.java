package io.regulars.campaign.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Engaged;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.webhook.Announcements;
import io.regulars.events.Channel;
import io.regulars.events.EngagementRecorded;
import io.regulars.kit.outbox.Outbox;
import org.jdbi.v3.core.Jdbi;

/// Writes what became of messages after a provider had taken them, with the engagement that says so.
@ApplicationScoped
public class Aftermath {

    private static final Set<String> BY_STATE = Set.of("delivered", "bounced");
    private static final Set<String> ANSWERS = Set.of("opened", "clicked");
    private static final Set<String> STATES = Set.of("delivered", "bounced", "opened", "clicked");

    /// Something that happened to a message.
    ///
    /// @param kind as [EngagementRecorded] has it: `delivered` and `bounced` are told where they change the
    ///     message's state, all others each time they are given
    /// @param reason or null
    public record Fact(MessageKey message, String kind, String reason, Instant at) {}

    private record Named(long campaignId, Channel channel) {}

    private static final String NAMED = """
            select m.merchant_id, m.customer_id, m.id, m.campaign_id, m.channel from message m
            join unnest(:merchants::int[], :customers::bigint[], :ids::bigint[]) as k (merchant_id, customer_id, id)
              on m.merchant_id = k.merchant_id and m.customer_id = k.customer_id and m.id = k.id
            """;

    private final Jdbi jdbi;
    private final Transitions transitions;
    private final Outbox outbox;
    private final Event<Engaged> engaged;
    private final Announcements announcements;

    Aftermath(Jdbi jdbi, Transitions transitions, Outbox outbox, Event<Engaged> engaged, Announcements announcements) {
        this.jdbi = jdbi;
        this.transitions = transitions;
        this.outbox = outbox;
        this.engaged = engaged;
        this.announcements = announcements;
    }

    /// In the caller's transaction.
    @Transactional(Transactional.TxType.MANDATORY)
    public void note(Collection<Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        Map<MessageKey, Named> named =
                named(facts.stream().map(Fact::message).distinct().toList());
        Map<String, Set<MessageKey>> changed = new HashMap<>();
        facts.stream()
                .filter(fact -> STATES.contains(fact.kind()))
                .collect(Collectors.groupingBy(Fact::kind))
                .forEach((kind, alike) -> changed.put(
                        kind,
                        transitions.apply(
                                alike.stream().map(Aftermath::transition).toList())));
        List<EngagementRecorded> told = new ArrayList<>();
        for (Fact fact : facts) {
            Named message = named.get(fact.message());
            boolean tell = !BY_STATE.contains(fact.kind())
                    || changed.getOrDefault(fact.kind(), Set.of()).contains(fact.message());
            if (message != null && tell) {
                told.add(engagement(fact, message));
            }
        }
        outbox.publishAll(told);
        announcements.tell(
                told.stream().flatMap(one -> MessageNews.of(one).stream()).toList());
        told.stream()
                .filter(one -> ANSWERS.contains(one.kind()))
                // in one order, as orders and interactions wake
                .sorted(Comparator.comparingInt(EngagementRecorded::merchantId)
                        .thenComparingLong(EngagementRecorded::customerId))
                .forEach(this::wake);
    }

    /// Journeys that wait for it go on.
    private void wake(EngagementRecorded answer) {
        engaged.fire(new Engaged(
                answer.merchantId(),
                answer.customerId(),
                List.of(answer.messageId()),
                answer.kind().equals("clicked")));
    }

    private static Transition transition(Fact fact) {
        MessageState state = MessageState.valueOf(fact.kind().toUpperCase(Locale.ROOT));
        return Transition.told(fact.message(), state, fact.reason());
    }

    private static EngagementRecorded engagement(Fact fact, Named message) {
        return new EngagementRecorded(
                fact.message().merchantId(),
                fact.message().customerId(),
                "m" + fact.message().id() + ":" + fact.kind(),
                message.campaignId(),
                fact.message().id(),
                message.channel(),
                fact.kind(),
                fact.at());
    }

    private Map<MessageKey, Named> named(List<MessageKey> messages) {
        return jdbi.withHandle(handle -> handle
                .createQuery(NAMED)
                .bindArray(
                        "merchants",
                        Integer.class,
                        messages.stream().map(MessageKey::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        messages.stream().map(MessageKey::customerId).toList())
                .bindArray(
                        "ids", Long.class, messages.stream().map(MessageKey::id).toList())
                .map((row, context) -> Map.entry(
                        new MessageKey(row.getInt(1), row.getLong(2), row.getLong(3)),
                        new Named(row.getLong(4), ChannelNames.parse(row.getString(5)))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
