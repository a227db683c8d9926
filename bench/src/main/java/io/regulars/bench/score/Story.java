package io.regulars.bench.score;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.regulars.bench.shop.Baskets;
import io.regulars.bench.shop.OrderEvents;
import io.regulars.bench.world.Broker;
import io.regulars.bench.world.Database;
import io.regulars.events.Event;
import io.regulars.events.EventJson;
import io.regulars.events.OrderChanged;
import io.regulars.events.Partitioning;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What is told of orders, chapter by chapter: each chapter has orders of its own, some told again in a newer version,
/// some repeated as they were at any time before. All contestants are told the same.
final class Story {

    /// Of the merchant; days begin there.
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final int OF_TEN_NEW = 8;
    private static final int OF_TEN_NEWER = 9;
    private static final int DAYS = 300;

    private final OrderEvents orders;
    private final long seed;
    private final int merchant;
    private final int eventsOfChapter;
    private final List<Integer> ordersOfChapters = new ArrayList<>();

    /// @param customers with the ids 1, 2 …
    Story(long seed, int merchant, int customers, int eventsOfChapter) {
        this.seed = seed;
        this.merchant = merchant;
        this.eventsOfChapter = eventsOfChapter;
        // Within the model's window of a year, so that what counts is what there is.
        var from = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(DAYS, ChronoUnit.DAYS);
        this.orders = new OrderEvents(seed, merchant, customers, from, DAYS * 86_400, new Baskets(seed));
    }

    int events() {
        return eventsOfChapter;
    }

    /// Different orders of all chapters up to this one, which must have been told.
    long ordersUntil(int chapter) {
        return ordersOfChapters.stream()
                .limit(chapter + 1L)
                .mapToLong(Integer::longValue)
                .sum();
    }

    /// In an order in which the last event of each partition is of a new order: where all orders are counted, all
    /// events are done.
    List<OrderChanged> chapter(int number) {
        var random = Baskets.random(seed, -1L - number);
        var first = 1 + (long) number * eventsOfChapter;
        var versions = new ArrayList<Integer>();
        var events = new ArrayList<OrderChanged>(eventsOfChapter);
        while (events.size() < eventsOfChapter) {
            var draw = random.nextInt(10);
            if (draw < OF_TEN_NEW || versions.isEmpty()) {
                versions.add(1);
                events.add(orders.event(first + versions.size() - 1, 1));
            } else {
                var again = random.nextInt(versions.size());
                var version = versions.get(again);
                if (draw < OF_TEN_NEWER) {
                    versions.set(again, version + 1);
                    events.add(orders.event(first + again, version + 1));
                } else {
                    events.add(orders.event(first + again, 1 + random.nextInt(version)));
                }
            }
        }
        if (ordersOfChapters.size() == number) {
            ordersOfChapters.add(versions.size());
        }
        return newOnesLast(events);
    }

    /// For each partition the last of the orders that are told only once goes to the end.
    private static List<OrderChanged> newOnesLast(List<OrderChanged> events) {
        var times = events.stream().collect(Collectors.groupingBy(OrderChanged::orderId, Collectors.counting()));
        var last = new LinkedHashMap<Integer, OrderChanged>();
        events.stream()
                .filter(event -> times.get(event.orderId()) == 1)
                .forEach(event -> last.put(Partitioning.partition(event, Broker.PARTITIONS), event));
        var end = Set.copyOf(last.values());
        return Stream.concat(events.stream().filter(event -> !end.contains(event)), end.stream())
                .toList();
    }

    void publish(Broker broker, String topic, List<? extends Event> events)
            throws InterruptedException, ExecutionException {
        try (var producer = broker.producer(5)) {
            var acknowledgements = new ArrayList<Future<?>>();
            events.forEach(event -> acknowledgements.add(send(producer, topic, event)));
            for (var acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        }
    }

    private static Future<?> send(KafkaProducer<byte[], byte[]> producer, String topic, Event event) {
        return producer.send(new ProducerRecord<>(
                topic,
                Partitioning.partition(event, Broker.PARTITIONS),
                event.key().getBytes(StandardCharsets.UTF_8),
                EventJson.write(event)));
    }

    /// Lays a chapter into tables, for SQL to work on and for the proof.
    void stage(Database database, int chapter, List<OrderChanged> events) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            var first = (long) chapter * eventsOfChapter;
            copy(
                    connection,
                    "peer.event",
                    events,
                    first,
                    (event, seq) -> "%d\t%d\t%d\t%d\t%d\t%s\t%d\t%d\t%d\n"
                            .formatted(
                                    seq,
                                    chapter,
                                    event.customerId(),
                                    event.orderId(),
                                    event.version(),
                                    event.orderedAt(),
                                    LocalDate.ofInstant(event.orderedAt(), ZONE).toEpochDay(),
                                    event.lines().stream()
                                            .mapToLong(OrderChanged.Line::keptAmount)
                                            .sum(),
                                    event.lines().size()));
            copy(connection, "peer.event_line", events, first, (event, seq) -> {
                var text = new StringBuilder();
                event.lines()
                        .forEach(line -> text.append("%d\t%d\t%s\t%s\t%s\t%d\t%d\n"
                                .formatted(
                                        seq,
                                        line.lineNo(),
                                        line.productCode(),
                                        line.productName(),
                                        line.category(),
                                        line.keptQuantity(),
                                        line.keptAmount())));
                return text.toString();
            });
            connection.commit();
        }
        database.run("vacuum analyze peer.event", "vacuum analyze peer.event_line");
    }

    private interface AsText {
        String of(OrderChanged event, long seq);
    }

    private static void copy(Connection connection, String table, List<OrderChanged> events, long first, AsText asText)
            throws SQLException {
        var copy = Database.copy(connection).copyIn("copy " + table + " from stdin");
        var seq = first;
        for (var event : events) {
            var bytes = asText.of(event, ++seq).getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
        }
        copy.endCopy();
    }

    int merchant() {
        return merchant;
    }
}
