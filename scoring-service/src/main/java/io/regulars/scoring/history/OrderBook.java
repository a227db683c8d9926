package io.regulars.scoring.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.OrderChanged;
import io.regulars.scoring.history.Contribution.Kept;
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
        var purchases = new HashSet<>(orders.replaceLines(merchant, applied, byId));
        histories.move(merchant, differences(applied));
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
        return new Touched(customers, live, purchases, since(applied));
    }

    private static Map<Long, Integer> since(List<OrderRows.Applied> applied) {
        var since = new HashMap<Long, Integer>();
        differences(applied).forEach(by -> since.merge(by.customerId(), by.day(), Math::min));
        return since;
    }
}
