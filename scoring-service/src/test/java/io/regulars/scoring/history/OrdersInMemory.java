package io.regulars.scoring.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.regulars.events.InteractionRecorded;
import io.regulars.events.OrderChanged;

/// Orders, interactions and histories in memory, kept by differences as the rows are.
public final class OrdersInMemory {

    /// What a reader does that is broken.
    public enum Fault {
        VERSIONS_IGNORED,
        FACTS_COUNTED_TWICE,
        CATEGORIES_NOT_TAKEN_BACK
    }

    private record Held(OrderChanged event, Contribution contribution) {}

    private final Map<Long, Held> held = new TreeMap<>();
    private final Map<Long, TreeMap<Integer, long[]>> histories = new HashMap<>();
    private final Map<Long, Activity> activities = new HashMap<>();
    private final Map<Long, InteractionRecorded> facts = new TreeMap<>();
    private final Set<Fault> faults;

    public OrdersInMemory(Set<Fault> faults) {
        this.faults = faults;
    }

    /// @return whose facts changed
    public Set<Long> apply(OrderChanged event, Shop shop) {
        var before = held.get(event.orderId());
        if (before != null
                && !faults.contains(Fault.VERSIONS_IGNORED)
                && before.event().version() >= event.version()) {
            return Set.of();
        }
        var contribution = Contribution.of(event.status(), event.orderedAt(), OrderBook.kept(event), shop);
        var applied = applied(event, contribution, before);
        if (applied.wasCounted()) {
            move(applied.takenAway());
        }
        if (applied.counted()) {
            move(applied.added());
        }
        if (before != null && !faults.contains(Fault.CATEGORIES_NOT_TAKEN_BACK)) {
            moveCategories(before, shop, -1);
        }
        held.put(event.orderId(), new Held(event, contribution));
        moveCategories(held.get(event.orderId()), shop, 1);
        var touched = new TreeSet<>(Set.of(event.customerId()));
        if (applied.existed()) {
            touched.add(applied.wasCustomerId());
        }
        return touched;
    }

    private static OrderRows.Applied applied(OrderChanged event, Contribution now, Held before) {
        var was = before == null ? new Contribution(false, 0, 0) : before.contribution();
        return new OrderRows.Applied(
                event.orderId(),
                event.customerId(),
                now.counted(),
                now.day(),
                now.amount(),
                event.bigPromotion(),
                before == null ? null : (Long) before.event().customerId(),
                was.counted(),
                was.day(),
                was.amount(),
                before != null && before.event().bigPromotion());
    }

    private void move(HistoryRows.Difference by) {
        var days = histories.computeIfAbsent(by.customerId(), any -> new TreeMap<>());
        var sums = days.computeIfAbsent(by.day(), any -> new long[4]);
        sums[0] += by.orders();
        sums[1] += by.amount();
        sums[2] += by.promotions();
        sums[3] += by.promotionAmount();
        if (sums[0] == 0) {
            days.remove(by.day());
        }
    }

    private void moveCategories(Held order, Shop shop, int by) {
        if (order.contribution().counted()) {
            var day = order.contribution().day();
            var lines = order.event().lines().stream()
                    .filter(line -> shop.inCategory(line.productCode(), line.category(), line.keptQuantity()))
                    .map(line -> new Activity.Bought(day, line.category(), by))
                    .toList();
            var customer = order.event().customerId();
            activities.put(customer, activity(customer).withBought(lines));
        }
    }

    /// @return whose facts changed
    public Set<Long> record(InteractionRecorded event, Shop shop) {
        var known = facts.put(event.interactionId(), event) != null;
        var act = Interactions.act(shop, fact(event));
        if (known && !faults.contains(Fault.FACTS_COUNTED_TWICE) || act.isEmpty()) {
            return Set.of();
        }
        var customer = event.customerId();
        activities.put(customer, activity(customer).withActs(Set.of(act.get().acts())));
        return Set.of(customer);
    }

    private static Interactions.Fact fact(InteractionRecorded event) {
        return new Interactions.Fact(event.customerId(), event.kind(), event.at(), event.rating());
    }

    private Activity activity(long customer) {
        return activities.getOrDefault(customer, Activity.NONE);
    }

    /// As after a change of the merchant's zone.
    public void rebuild(Shop shop) {
        var events = held.values().stream().map(Held::event).toList();
        var recorded = List.copyOf(facts.values());
        held.clear();
        histories.clear();
        activities.clear();
        facts.clear();
        events.forEach(event -> apply(event, shop));
        recorded.forEach(event -> record(event, shop));
    }

    public PurchaseHistory history(long customer) {
        return history(customer, histories.getOrDefault(customer, new TreeMap<>()), activity(customer));
    }

    /// The customer's orders that count, the earliest first.
    public Stream<OrderChanged> counted(long customer) {
        return held.values().stream()
                .filter(one -> one.contribution().counted() && one.event().customerId() == customer)
                .map(Held::event)
                .sorted(Comparator.comparing(OrderChanged::orderedAt).thenComparing(OrderChanged::orderId));
    }

    /// From the newest state of each order and from all facts, without what is held and without the rules above.
    public static PurchaseHistory fromScratch(
            Collection<OrderChanged> newest, Collection<InteractionRecorded> facts, Shop shop, long customer) {
        var days = new TreeMap<Integer, long[]>();
        var bought = new TreeMap<Integer, TreeMap<String, Integer>>();
        for (var order : newest) {
            var kept = order.lines().stream()
                    .filter(line -> !shop.nonProductCodes().contains(line.productCode()))
                    .toList();
            var keeps = kept.stream().anyMatch(line -> line.keptQuantity() > 0);
            if (order.customerId() == customer && order.status().counts() && keeps) {
                var day = day(order.orderedAt(), shop);
                var sums = days.computeIfAbsent(day, any -> new long[4]);
                sums[0]++;
                var amount =
                        kept.stream().mapToLong(OrderChanged.Line::keptAmount).sum();
                sums[1] += amount;
                sums[2] += order.bigPromotion() ? 1 : 0;
                sums[3] += order.bigPromotion() ? amount : 0;
                kept.stream()
                        .filter(line -> line.keptQuantity() > 0 && line.category() != null)
                        .forEach(line -> bought.computeIfAbsent(day, any -> new TreeMap<>())
                                .merge(line.category(), 1, Integer::sum));
            }
        }
        return history(customer, days, new Activity(acts(facts, shop, customer), numbers(bought), names(bought)));
    }

    private static int day(Instant at, Shop shop) {
        return (int) LocalDate.ofInstant(at, shop.zone()).toEpochDay();
    }

    private static int[] acts(Collection<InteractionRecorded> facts, Shop shop, long customer) {
        var days = new TreeMap<Integer, int[]>();
        for (var fact : facts) {
            var rating = "product_reviewed".equals(fact.kind()) && fact.rating() != null
                    ? (Integer) (20 * fact.rating())
                    : "survey_answered".equals(fact.kind()) ? fact.rating() : null;
            if (fact.customerId() == customer && !"products_searched".equals(fact.kind())) {
                var sums = days.computeIfAbsent(day(fact.at(), shop), any -> new int[4]);
                sums["visited".equals(fact.kind()) ? 0 : 1]++;
                sums[2] += rating == null ? 0 : 1;
                sums[3] += rating == null ? 0 : rating;
            }
        }
        return days.entrySet().stream()
                .flatMapToInt(one -> IntStream.concat(IntStream.of(one.getKey()), IntStream.of(one.getValue())))
                .toArray();
    }

    private static int[] numbers(TreeMap<Integer, TreeMap<String, Integer>> bought) {
        return bought.entrySet().stream()
                .flatMapToInt(one ->
                        one.getValue().values().stream().flatMapToInt(lines -> IntStream.of(one.getKey(), lines)))
                .toArray();
    }

    private static String[] names(TreeMap<Integer, TreeMap<String, Integer>> bought) {
        return bought.values().stream().flatMap(one -> one.keySet().stream()).toArray(String[]::new);
    }

    private static PurchaseHistory history(long customer, TreeMap<Integer, long[]> days, Activity activity) {
        return new PurchaseHistory(
                customer,
                days.keySet().stream().mapToInt(Integer::intValue).toArray(),
                days.values().stream().mapToInt(sums -> (int) sums[0]).toArray(),
                days.values().stream().mapToLong(sums -> sums[1]).toArray(),
                days.values().stream().mapToInt(sums -> (int) sums[2]).toArray(),
                days.values().stream().mapToLong(sums -> sums[3]).toArray(),
                activity);
    }
}
