package io.regulars.campaign.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.work.Loop;
import org.jdbi.v3.core.Jdbi;

/// Tells open streams what arrives. It asks the database, once for all streams of this replica, so that it does not
/// matter which replica laid a message in.
@ApplicationScoped
class Arrivals {

    /// Ids can become visible out of order; none does later than this many after a greater one.
    private static final int LOOK_BACK = 1_000;

    private static final Duration EVERY = Duration.ofMillis(300);

    /// Of customers' browsers, in this replica: who opens more than these waits for some to end.
    private static final int MOST = 20_000;

    private static final int MOST_OF_ONE = 8;

    private static final String NEW = """
            select i.* from inbox_message i
            join unnest(:merchants::int[], :customers::bigint[], :floors::bigint[])
              as s (merchant_id, customer_id, floor)
              on i.merchant_id = s.merchant_id and i.customer_id = s.customer_id and i.id > s.floor
            order by i.id
            """;

    private static final String LAST =
            "select coalesce(max(id), 0) from inbox_message where merchant_id = :merchant and customer_id = :customer";

    /// One open stream.
    final class Stream {

        private final int merchant;
        private final long customer;
        private final Consumer<Inbox.Entry> listener;
        private final Set<Long> told = new HashSet<>();
        private final long beganAfter;
        private long greatest;

        private Stream(int merchant, long customer, long after, Consumer<Inbox.Entry> listener) {
            this.merchant = merchant;
            this.customer = customer;
            this.beganAfter = after;
            this.greatest = after;
            this.listener = listener;
        }

        void close() {
            open.remove(this);
        }

        private long floor() {
            return Math.max(beganAfter, greatest - LOOK_BACK);
        }

        private void tell(Inbox.Entry entry) {
            if (entry.id() > floor() && told.add(entry.id())) {
                greatest = Math.max(greatest, entry.id());
                told.removeIf(id -> id <= floor());
                listener.accept(entry);
            }
        }
    }

    private final Jdbi jdbi;
    private final List<Stream> open = new CopyOnWriteArrayList<>();
    private volatile Loop loop;

    Arrivals(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("inbox-arrivals", EVERY, this::look);
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    /// Whether one more of this customer's windows may listen.
    boolean room(int merchant, long customer) {
        return open.size() < MOST
                && open.stream()
                                .filter(one -> one.merchant == merchant && one.customer == customer)
                                .count()
                        < MOST_OF_ONE;
    }

    /// @param after the last id that the listener knows; null for whatever comes from now on
    Stream open(int merchant, long customer, Long after, Consumer<Inbox.Entry> listener) {
        long from = after != null ? after : last(merchant, customer);
        var stream = new Stream(merchant, customer, from, listener);
        open.add(stream);
        loop.wake();
        return stream;
    }

    private long last(int merchant, long customer) {
        return jdbi.withHandle(handle -> handle.createQuery(LAST)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .mapTo(Long.class)
                .one());
    }

    private boolean look() {
        List<Stream> streams = new ArrayList<>(open);
        if (streams.isEmpty()) {
            return false;
        }
        List<Inbox.Entry> found = QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery(NEW)
                        .bindArray(
                                "merchants",
                                Integer.class,
                                streams.stream().map(one -> one.merchant).toList())
                        .bindArray(
                                "customers",
                                Long.class,
                                streams.stream().map(one -> one.customer).toList())
                        .bindArray(
                                "floors",
                                Long.class,
                                streams.stream().map(Stream::floor).toList())
                        .map((row, context) -> Inbox.entry(row))
                        .list()));
        found.forEach(entry -> streams.stream()
                .filter(stream -> stream.merchant == entry.merchantId() && stream.customer == entry.customerId())
                .forEach(stream -> stream.tell(entry)));
        return false;
    }
}
