package io.regulars.scoring.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.OrderChanged;
import io.regulars.scoring.history.Activity.Bought;
import io.regulars.scoring.history.Contribution.Kept;
import io.regulars.scoring.history.HistoryRows.InCategory;
import io.regulars.scoring.history.Touched.Purchased;

/// Applies versioned orders: keeps each with its lines, and moves its customer's history by the difference.
@ApplicationScoped
public class OrderBook {

    private final Shops shops;
    private final OrderRows orders;
    private final HistoryRows histories;

    OrderBook(Shops shops, OrderRows orders, HistoryRows histories) {
        this.shops = shops;
        this.orders = orders;
        this.histories = histories;
    }

    /// @param events each of another order; those that are not newer than what is held change nothing
    public Touched apply(int merchant, List<OrderChanged> events) {
        var held = orders.held(merchant, events);
        var newer = events.stream()
                .filter(event -> !held.containsKey(event.orderId())
                        || held.get(event.orderId()).version() < event.version())
                .sorted(Comparator.comparingLong(OrderChanged::orderId))
                .toList();
        if (newer.isEmpty()) {
            return Touched.NOBODY;
        }
        var shop = shops.hold(merchant);
        lockHistories(merchant, newer, held);
        var applied = orders.upsert(merchant, newer, shop);
        var byId = new HashMap<Long, OrderChanged>();
        newer.forEach(event -> byId.put(event.orderId(), event));
        var gone = orders.replaceLines(merchant, applied, byId);
        histories.move(merchant, differences(applied), categories(applied, byId, gone, shop));
        var purchases = gone.stream()
                .filter(line -> line.productCode() != null)
                .map(OrderRows.Gone::purchased)
                .collect(Collectors.toCollection(HashSet::new));
        return touched(applied, byId, purchases);
    }

    private void lockHistories(int merchant, List<OrderChanged> newer, Map<Long, OrderRows.Held> held) {
        var customers = new TreeSet<Long>();
        for (var event : newer) {
            customers.add(event.customerId());
            if (held.containsKey(event.orderId())) {
                customers.add(held.get(event.orderId()).customerId());
            }
        }
        histories.meet(merchant, customers);
    }

    static List<Kept> kept(OrderChanged event) {
        return event.lines().stream()
                .map(line -> new Kept(line.productCode(), line.keptQuantity(), line.keptAmount()))
                .toList();
    }

    /// What each order took away and added, summed for each customer and day.
    private static List<HistoryRows.Difference> differences(List<OrderRows.Applied> applied) {
        var sums = new ArrayList<HistoryRows.Difference>();
        for (var order : applied) {
            if (order.wasCounted()) {
                sums.add(order.takenAway());
            }
            if (order.counted()) {
                sums.add(order.added());
            }
        }
        return sums;
    }

    /// What the lines that are gone took away from each category, and the new ones add.
    private static List<InCategory> categories(
            List<OrderRows.Applied> applied, Map<Long, OrderChanged> events, List<OrderRows.Gone> gone, Shop shop) {
        var orders = applied.stream().collect(Collectors.toMap(OrderRows.Applied::orderId, order -> order));
        var moves = new ArrayList<InCategory>();
        for (var line : gone) {
            var order = orders.get(line.orderId());
            if (order.wasCounted() && shop.inCategory(line.productCode(), line.category(), line.keptQuantity())) {
                moves.add(new InCategory(line.customerId(), new Bought(order.wasDay(), line.category(), -1)));
            }
        }
        for (var order : applied) {
            events.get(order.orderId()).lines().stream()
                    .filter(line -> order.counted()
                            && shop.inCategory(line.productCode(), line.category(), line.keptQuantity()))
                    .forEach(line ->
                            moves.add(new InCategory(order.customerId(), new Bought(order.day(), line.category(), 1))));
        }
        return moves;
    }

    private static Touched touched(
            List<OrderRows.Applied> applied, Map<Long, OrderChanged> events, HashSet<Purchased> purchases) {
        var customers = new TreeSet<Long>();
        var live = new TreeSet<Long>();
        for (var order : applied) {
            var event = events.get(order.orderId());
            customers.add(order.customerId());
            if (order.existed()) {
                customers.add(order.wasCustomerId());
            }
            if (!event.backfill()) {
                live.add(order.customerId());
                if (order.existed()) {
                    live.add(order.wasCustomerId());
                }
            }
            event.lines().stream()
                    .filter(line -> line.productCode() != null)
                    .forEach(line -> purchases.add(new Purchased(event.customerId(), line.productCode())));
        }
        return new Touched(customers, live, purchases);
    }
}
