package io.regulars.faults.day;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;

/// I1 of so many orders: each that was answered 2xx is there once, as it was told, and no other.
final class OrdersAsTold {

    private static final int MOST_SHOWN = 5;

    private static final String ORDERS = """
            select o.external_id, c.external_id || ' ' || o.declared_status || ' ' || coalesce(sum(l.amount), 0)
            from customer_order o
            join customer c using (merchant_id, customer_id)
            left join order_line l using (merchant_id, customer_id, order_id)
            where o.merchant_id = ?
            group by o.merchant_id, o.customer_id, o.order_id, c.external_id
            """;

    private OrdersAsTold() {}

    /// @param today by the orders' ids
    static List<Violation> judge(Rig rig, Shop shop, Buyers buyers, Map<String, Buyers.Bought> today) {
        var told = new HashMap<String, String>();
        for (var i = 0; i < buyers.count(); i++) {
            buyers.boughtBy(i).forEach(order -> told.put(order.id(), line(order)));
        }
        today.values().forEach(order -> told.put(order.id(), line(order)));
        var violations = new ArrayList<Violation>();
        try (var databases = rig.databases()) {
            for (var row : databases.customer().values(ORDERS, shop.merchantId())) {
                var id = (String) row[0];
                var wanted = told.remove(id);
                if (!row[1].equals(wanted)) {
                    violations.add(new Violation(
                            "I1", "an order is not as it was told", id + ": " + row[1] + ", told " + wanted));
                }
            }
        }
        told.forEach((id, line) ->
                violations.add(new Violation("I1", "an order that was answered 2xx is not there", id + " " + line)));
        return violations.size() <= MOST_SHOWN ? violations : shortened(violations);
    }

    private static List<Violation> shortened(List<Violation> all) {
        var some = new ArrayList<>(all.subList(0, MOST_SHOWN));
        some.add(new Violation("I1", "and " + (all.size() - MOST_SHOWN) + " more", ""));
        return some;
    }

    private static String line(Buyers.Bought order) {
        return order.customer() + " " + order.status().toUpperCase(Locale.ROOT) + " " + order.minor();
    }
}
