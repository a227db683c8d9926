package io.regulars.faults.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;

/// What the customers of the year do: they order, and somewhat more where a message reached them; what they
/// ordered is shipped, comes, is reviewed or goes back; they leave carts behind, complain, and some want no
/// messages any more.
final class Life {

    private static final int BATCH = 1_000;
    private static final int STEPS_A_YEAR = 365 * 3;
    private static final double UPLIFT = 1.6;

    /// Three in a hundred orders go back, one review in three orders, one complaint in sixty.
    private static final int RETURNS_PERCENT = 3;

    private static final int REVIEWS_PERCENT = 33;
    private static final int LOW_PERCENT = 15;
    private static final int COMPLAINTS_PERCENT = 2;

    /// Of so many customers one unsubscribes in a step.
    private static final int UNSUBSCRIBES = 1_500;

    private static final String REACHED = """
            select a.external_id, max(k.code) as code from message m
            join audience a on a.merchant_id = m.merchant_id and a.customer_id = m.customer_id
            left join coupon_code k on k.merchant_id = m.merchant_id and k.customer_id = m.customer_id
              and k.enrolment_id = m.enrolment_id and k.state = 'issued'
              and (k.valid_until is null or k.valid_until > ?)
            where m.merchant_id = ? and m.sent_at > ? group by a.external_id
            """;

    private static final class Parcel {
        private final Map<String, Object> order;
        private final Instant at;
        private String status = "paid";

        private Parcel(Map<String, Object> order, Instant at) {
            this.order = order;
            this.at = at;
        }
    }

    private final Rig rig;
    private final Shop shop;
    private final Buyers buyers;
    private final SplittableRandom random;
    private final List<Parcel> parcels = new ArrayList<>();
    private final List<Map<String, Object>> orders = new ArrayList<>();
    private final List<Map<String, Object>> deeds = new ArrayList<>();
    private final List<String> unknownYet = new ArrayList<>();
    private final Map<String, Instant> withdrawn = new HashMap<>();
    private int step;

    Life(Rig rig, Shop shop, Buyers buyers) {
        this.rig = rig;
        this.shop = shop;
        this.buyers = buyers;
        this.random = new SplittableRandom(buyers.seed() * 31);
    }

    /// Goods, people with their birthdays, and what they bought in the year before.
    void moveIn() {
        shop.goods();
        shop.guardrail();
        shop.owner()
                .done(new Request(
                        "measurement",
                        "settings",
                        null,
                        "PUT",
                        "/api/campaign/v1/measurement-settings",
                        Map.of("costs", Map.of("sms", cny("0.045"), "email", cny("0.002")), "marginPercent", 40)));
        shop.owner()
                .done(new Request(
                        "points", "rules", null, "PUT", "/api/campaign/v1/points/rules", Map.of("perUnit", "1")));
        var people = new ArrayList<Map<String, Object>>();
        for (var i = 0; i < buyers.count(); i++) {
            var person = new HashMap<>(shop.person(Buyers.customer(i)));
            person.remove("timeZone");
            var day = LocalDate.ofInstant(buyers.until(), ZoneOffset.UTC).plusDays(1 + i % 365);
            person.put("birthday", "1990-%02d-%02d".formatted(day.getMonthValue(), Math.min(28, day.getDayOfMonth())));
            people.add(person);
        }
        write("customers", people, true);
        shop.awaitPeople(Duration.ofMinutes(10));
        var history = new ArrayList<Map<String, Object>>();
        for (var i = 0; i < buyers.count(); i++) {
            buyers.boughtBy(i).forEach(order -> history.add(order.json()));
        }
        write("orders", history, true);
    }

    private static Map<String, Object> cny(String amount) {
        return Map.of("amount", amount, "currency", "CNY");
    }

    /// One step of the day.
    ///
    /// @param night whether people sleep, and only unsubscribe
    void live(boolean night) {
        step++;
        var now = rig.clock().instant();
        if (!night) {
            parcels.removeIf(parcel -> moves(parcel, now));
            shopping(now);
            write("orders", orders, false);
            write("interactions", deeds, false);
            orders.clear();
            deeds.clear();
        }
        if (random.nextInt(UNSUBSCRIBES) < buyers.count()) {
            unsubscribe(now);
        }
    }

    private void shopping(Instant now) {
        var reached = new HashMap<String, String>();
        try (var databases = rig.databases()) {
            databases
                    .campaign()
                    .rows(REACHED, now, shop.merchantId(), now.minus(Duration.ofDays(3)))
                    .forEach(row -> reached.put(row.text("external_id"), row.text("code")));
        }
        for (var i = 0; i < buyers.count(); i++) {
            var customer = Buyers.customer(i);
            // from one order a year to one a month
            var often = (1 + 11 * new SplittableRandom(buyers.seed() + i).nextDouble()) / STEPS_A_YEAR;
            var moved = reached.containsKey(customer);
            if (random.nextDouble() < often * (moved ? UPLIFT : 1)) {
                order(customer, now, moved ? reached.get(customer) : null);
            } else if (random.nextDouble() < often / 2) {
                did("cart", customer, "cart_abandoned", now, Map.of("properties", Map.of("products", "MILK")));
            }
        }
    }

    private void order(String customer, Instant now, String code) {
        var bought = buyers.boughtNow("Y-" + step + "-" + customer, now, random.split());
        var order = new HashMap<>(bought.json());
        order.put("customerId", "ext:" + customer);
        order.put("updatedAt", now.toString());
        if (code != null) {
            order.put("couponCodes", List.of(code));
        }
        orders.add(order);
        parcels.add(new Parcel(order, now));
    }

    /// @return whether nothing becomes of it any more
    private boolean moves(Parcel parcel, Instant now) {
        var age = Duration.between(parcel.at, now);
        var next = switch (parcel.status) {
            case "paid" -> age.compareTo(Duration.ofDays(1)) > 0 ? "shipped" : null;
            case "shipped" -> age.compareTo(Duration.ofDays(3)) > 0 ? "delivered" : null;
            case "delivered" ->
                age.compareTo(Duration.ofDays(10)) <= 0
                        ? null
                        : random.nextInt(100) < RETURNS_PERCENT ? "refunded" : "completed";
            default -> null;
        };
        if (next == null) {
            return false;
        }
        parcel.status = next;
        var told = new HashMap<>(parcel.order);
        told.put("status", next);
        told.put("updatedAt", now.toString());
        orders.add(told);
        if (next.equals("delivered")) {
            hasCome(parcel, now);
        }
        return next.equals("completed") || next.equals("refunded");
    }

    private void hasCome(Parcel parcel, Instant now) {
        var customer = String.valueOf(parcel.order.get("customerId")).substring("ext:".length());
        if (random.nextInt(100) < REVIEWS_PERCENT) {
            var rating = random.nextInt(100) < LOW_PERCENT ? 1 + random.nextInt(2) : 3 + random.nextInt(3);
            did("review", customer, "product_reviewed", now, Map.of("rating", rating));
        }
        if (random.nextInt(100) < COMPLAINTS_PERCENT) {
            did("complaint", customer, "complained", now, Map.of());
        }
    }

    private void did(String what, String customer, String kind, Instant at, Map<String, Object> more) {
        var deed = new HashMap<String, Object>(more);
        deed.put("externalId", what + "-" + step + "-" + customer + "-" + deeds.size());
        deed.put("customerId", "ext:" + customer);
        deed.put("kind", kind);
        deed.put("at", at.toString());
        deeds.add(deed);
    }

    private void unsubscribe(Instant now) {
        var customer = Buyers.customer(random.nextInt(buyers.count()));
        var channel = List.of("sms", "email", "inbox").get(random.nextInt(3));
        shop.client().done(Shop.withdrawal(customer, channel, now));
        unknownYet.add(customer + "/" + channel);
    }

    /// All that was told is known everywhere.
    void rested() {
        unknownYet.forEach(one -> withdrawn.putIfAbsent(one, rig.clock().instant()));
        unknownYet.clear();
    }

    /// From when on each withdrawal was known, by customer and channel: `u-7/sms`.
    Map<String, Instant> withdrawn() {
        return withdrawn;
    }

    private void write(String things, List<Map<String, Object>> items, boolean backfill) {
        for (var from = 0; from < items.size(); from += BATCH) {
            var some = List.copyOf(items.subList(from, Math.min(items.size(), from + BATCH)));
            var body = new HashMap<String, Object>(Map.of("items", some));
            if (backfill) {
                body.put("backfill", true);
            }
            var answer = shop.client()
                    .done(Request.bulk(
                            "bulk",
                            things + " of step " + step,
                            "year-" + things + "-" + step + "-" + from,
                            "/api/customer/v1/" + things + "/batch",
                            body));
            if (answer.path("rejected").asInt() > 0) {
                throw new IllegalStateException("of " + things + " some were refused: " + answer);
            }
        }
    }
}
