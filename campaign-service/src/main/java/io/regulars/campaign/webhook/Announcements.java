package io.regulars.campaign.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.work.AfterCommit;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/// Queues what happened for the endpoints that asked to be told, in the transaction in which it happens:
/// both are there or neither. An endpoint hears of nothing from before it was made.
@ApplicationScoped
public class Announcements {

    /// @param merchantId of it, as all its events are
    record Endpoint(int merchantId, long id, Set<String> events, Instant createdAt) {

        boolean wants(News news) {
            return news.merchantId() == merchantId
                    && events.contains(news.type().type())
                    && !news.at().isBefore(createdAt);
        }
    }

    private record Letter(Endpoint to, News news) {}

    private static final String WANTING = """
            select merchant_id, id, events, created_at from webhook
            where merchant_id = any(:merchants) and deleted_at is null and disabled_at is null and events <> '{}'
            order by merchant_id, id
            """;

    private static final String QUEUE = """
            insert into outgoing_webhook (merchant_id, webhook_id, message_id, event, body, customer_id, due_at, created_at)
            select merchant_id, webhook_id, message_id, event, body, customer_id, :now, :now
            from unnest(:merchants::int[], :webhooks::bigint[], :messages::text[], :events::text[], :bodies::text[],
                :customers::bigint[])
              as r (merchant_id, webhook_id, message_id, event, body, customer_id)
            order by merchant_id, webhook_id, message_id
            on conflict on constraint outgoing_webhook_once do nothing
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final ObjectMapper json;
    private final Queues queues;
    private final AfterCommit afterCommit;
    private final Deliveries deliveries;

    Announcements(
            Jdbi jdbi, Clock clock, ObjectMapper json, Queues queues, AfterCommit afterCommit, Deliveries deliveries) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.json = json;
        this.queues = queues;
        this.afterCommit = afterCommit;
        this.deliveries = deliveries;
    }

    /// In the caller's transaction. Where nobody asked to be told, one look at a small index.
    @Transactional(Transactional.TxType.MANDATORY)
    public void tell(Collection<News> news) {
        if (news.isEmpty()) {
            return;
        }
        Map<Integer, List<Endpoint>> wanting =
                wanting(news.stream().map(News::merchantId).collect(Collectors.toSet())).stream()
                        .collect(Collectors.groupingBy(Endpoint::merchantId));
        Map<Endpoint, List<Letter>> letters = news.stream()
                .flatMap(one -> wanting.getOrDefault(one.merchantId(), List.of()).stream()
                        .filter(endpoint -> endpoint.wants(one))
                        .map(endpoint -> new Letter(endpoint, one)))
                .collect(Collectors.groupingBy(Letter::to));
        List<Letter> queued = new ArrayList<>();
        letters.forEach((endpoint, of) -> queued.addAll(of.subList(0, queues.room(endpoint, of.size()))));
        queue(queued);
    }

    /// Whether it is worth the while to find out what happened.
    boolean anyoneWants(Set<Integer> merchants, EventType... types) {
        return wanting(merchants).stream().anyMatch(endpoint -> {
            for (EventType type : types) {
                if (endpoint.events().contains(type.type())) {
                    return true;
                }
            }
            return false;
        });
    }

    private List<Endpoint> wanting(Set<Integer> merchants) {
        return jdbi.withHandle(handle -> handle.createQuery(WANTING)
                .bindArray("merchants", Integer.class, List.copyOf(merchants))
                .map((row, context) -> new Endpoint(
                        row.getInt("merchant_id"),
                        row.getLong("id"),
                        Set.of((String[]) row.getArray("events").getArray()),
                        row.getTimestamp("created_at").toInstant()))
                .list());
    }

    private void queue(List<Letter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        letters.sort(Comparator.comparing(one -> one.to().id()));
        jdbi.useHandle(handle -> {
            Update insert = handle.createUpdate(QUEUE).bind("now", clock.instant());
            bind(insert, "merchants", Integer.class, letters, one -> one.to().merchantId());
            bind(insert, "webhooks", Long.class, letters, one -> one.to().id());
            bind(insert, "messages", String.class, letters, one -> one.news().messageId());
            bind(
                    insert,
                    "events",
                    String.class,
                    letters,
                    one -> one.news().type().type());
            bind(insert, "bodies", String.class, letters, one -> one.news().body(json));
            bind(insert, "customers", Long.class, letters, one -> one.news().customerId());
            insert.execute();
        });
        afterCommit.run(deliveries::wake);
    }

    private static <T> void bind(
            Update insert, String name, Class<T> type, List<Letter> letters, Function<Letter, T> column) {
        insert.bindArray(name, type, letters.stream().map(column).toList());
    }
}
