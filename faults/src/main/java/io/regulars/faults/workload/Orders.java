package io.regulars.faults.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Rig;

/// The orders of some customers: new, changed, told twice, told in the wrong order. One thread's own.
final class Orders {

    private static final List<String> STATUSES =
            List.of("paid", "shipped", "delivered", "completed", "cancelled", "refunded", "paid", "paid");
    private static final Duration LASTS = Duration.ofDays(10);
    private static final double OPENS_AT = 0.75;

    private final Rig rig;
    private final Shop shop;
    private final List<String> customers;
    private final Random random;
    private final String prefix;
    private final List<Map<String, Object>> latest = new ArrayList<>();
    private int made;
    private int told;

    Orders(Rig rig, Shop shop, List<String> customers, Random random, String prefix) {
        this.rig = rig;
        this.shop = shop;
        this.customers = customers;
        this.random = random;
        this.prefix = prefix;
    }

    void step() {
        var dice = random.nextInt(100);
        if (dice < 60 || latest.isEmpty()) {
            tell(fresh());
        } else if (dice < 80) {
            tell(changed(random.nextInt(latest.size())));
        } else if (dice < 90) {
            wrongWayRound();
        } else {
            tell(latest.get(random.nextInt(latest.size())));
        }
    }

    private Map<String, Object> fresh() {
        var now = rig.clock().instant();
        var order = new HashMap<String, Object>();
        order.put("externalId", prefix + "-" + ++made);
        order.put("customerId", "ext:" + customers.get(random.nextInt(customers.size())));
        order.put("status", "paid");
        order.put("updatedAt", now.minus(Duration.ofHours(2)).toString());
        switch (random.nextInt(4)) {
            case 0 -> {
                // Its repurchase window opens while we look on.
                var soon = Duration.ofSeconds(3 + random.nextInt(8));
                var opens = Duration.ofSeconds((long) (LASTS.toSeconds() * OPENS_AT));
                order.put("orderedAt", now.minus(opens).plus(soon).toString());
                order.put("lines", lines("WIPES", "19.90", 1));
            }
            case 1 -> {
                order.put("orderedAt", daysAgo(now, 300));
                order.put("lines", lines("MILK", "250.00", 1 + random.nextInt(3)));
            }
            default -> {
                order.put("orderedAt", daysAgo(now, 20));
                order.put("lines", lines("STROLLER", 300 + random.nextInt(900) + ".50", 1));
            }
        }
        latest.add(order);
        return order;
    }

    private String daysAgo(Instant now, int days) {
        return now.minus(Duration.ofMinutes(5 + random.nextInt(days * 24 * 60))).toString();
    }

    private static List<Map<String, Object>> lines(String product, String price, int quantity) {
        return List.of(Map.of("productCode", product, "quantity", quantity, "unitPrice", price));
    }

    private Map<String, Object> changed(int which) {
        var before = latest.get(which);
        var after = new HashMap<>(before);
        after.put("status", STATUSES.get(random.nextInt(STATUSES.size())));
        after.put(
                "updatedAt",
                Instant.parse((String) before.get("updatedAt")).plusSeconds(1).toString());
        latest.set(which, after);
        return after;
    }

    /// The later state comes first; the earlier one must not undo it.
    private void wrongWayRound() {
        var which = random.nextInt(latest.size());
        var earlier = changed(which);
        var later = changed(which);
        tell(later);
        tell(earlier);
    }

    private void tell(Map<String, Object> order) {
        shop.client()
                .call(Request.post(
                        "order",
                        (String) order.get("externalId"),
                        prefix + "-key-" + ++told,
                        "/api/customer/v1/orders",
                        order));
    }
}
