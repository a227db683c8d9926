package io.regulars.scoring.history;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.regulars.events.OrderChanged;

/// Orders and histories in memory, kept by differences as the rows are.
public final class OrdersInMemory {

    private record Held(OrderChanged event, Contribution contribution) {}

    private final Map<Long, Held> held = new TreeMap<>();
    private final Map<Long, TreeMap<Integer, long[]>> histories = new HashMap<>();
    private final boolean versionsCount;

    /// @param versionsCount false for a reader that takes whatever comes
    public OrdersInMemory(boolean versionsCount) {
        this.versionsCount = versionsCount;
    }

    /// @return whose facts changed
    public Set<Long> apply(OrderChanged event, Shop shop) {
        var before = held.get(event.orderId());
        if (before != null && versionsCount && before.event().version() >= event.version()) {
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
        held.put(event.orderId(), new Held(event, contribution));
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

    /// As after a change of the merchant's zone.
    public void rebuild(Shop shop) {
        var events = held.values().stream().map(Held::event).toList();
        held.clear();
        histories.clear();
        events.forEach(event -> apply(event, shop));
    }

    public PurchaseHistory history(long customer) {
        return history(customer, histories.getOrDefault(customer, new TreeMap<>()));
    }

    /// The customer's orders that count, the earliest first.
    public Stream<OrderChanged> counted(long customer) {
        return held.values().stream()
                .filter(one -> one.contribution().counted() && one.event().customerId() == customer)
                .map(Held::event)
                .sorted(Comparator.comparing(OrderChanged::orderedAt).thenComparing(OrderChanged::orderId));
    }

    /// From the newest state of each order, without what is held and without the rules above.
    public static PurchaseHistory fromScratch(Collection<OrderChanged> newest, Shop shop, long customer) {
        var days = new TreeMap<Integer, long[]>();
        for (var order : newest) {
            var lines = order.lines().stream()
                    .filter(line -> !shop.nonProductCodes().contains(line.productCode()))
                    .toList();
            var keeps = lines.stream().anyMatch(line -> line.keptQuantity() > 0);
            if (order.customerId() == customer && order.status().counts() && keeps) {
                var day = (int)
                        LocalDate.ofInstant(order.orderedAt(), shop.zone()).toEpochDay();
                var sums = days.computeIfAbsent(day, any -> new long[4]);
                sums[0]++;
                var amount =
                        lines.stream().mapToLong(OrderChanged.Line::keptAmount).sum();
                sums[1] += amount;
                sums[2] += order.bigPromotion() ? 1 : 0;
                sums[3] += order.bigPromotion() ? amount : 0;
            }
        }
        return history(customer, days);
    }

    private static PurchaseHistory history(long customer, TreeMap<Integer, long[]> days) {
        return new PurchaseHistory(
                customer,
                days.keySet().stream().mapToInt(Integer::intValue).toArray(),
                days.values().stream().mapToInt(sums -> (int) sums[0]).toArray(),
                days.values().stream().mapToLong(sums -> sums[1]).toArray(),
                days.values().stream().mapToInt(sums -> (int) sums[2]).toArray(),
                days.values().stream().mapToLong(sums -> sums[3]).toArray(),
                Activity.NONE);
    }
}
