package io.regulars.local.demo.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/// Makes the shop: the same seed and the same now give the same shop.
public final class ShopGenerator {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final int CUSTOMERS = 2_000;
    private static final int YEARS = 2;

    /// Today and the two days before come in live.
    private static final int LIVE_DAYS = 2;

    /// Profiles of people who registered and never bought.
    private static final double NEVER_BOUGHT = 0.05;

    /// So that the last days always show something: some join in them, and some come back, as after an advertisement.
    private static final double JOINS_LATELY = 0.01;

    private static final double RETURNS_LATELY = 0.03;

    private static final Weighted<String> CHANNELS = Weighted.words("taobao 58 wechat 24 shop 12 douyin 6");

    private final long seed;
    private final Instant now;
    private final LocalDate today;
    private final LocalDate opened;
    private final Promotions promotions;
    private final Weighted<LocalDate> joinDays;

    private final List<Customer> customers = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private final List<Interaction> interactions = new ArrayList<>();

    private ShopGenerator(long seed, Instant now) {
        this.seed = seed;
        this.now = now;
        today = LocalDate.ofInstant(now, ZONE);
        opened = today.minusYears(YEARS);
        promotions = new Promotions(opened, today);
        joinDays = joinDays();
    }

    public static Shop generate(long seed, Instant now) {
        return new ShopGenerator(seed, now.truncatedTo(ChronoUnit.SECONDS)).shop();
    }

    private Shop shop() {
        for (var number = 0; number < CUSTOMERS; number++) {
            customer(number);
        }
        return new Shop(
                Catalogue.PRODUCTS,
                List.copyOf(customers),
                numbered(),
                interactions.stream()
                        .sorted(Comparator.comparing(Interaction::at))
                        .toList(),
                today.minusDays(LIVE_DAYS).atStartOfDay(ZONE).toInstant());
    }

    private void customer(int number) {
        var draws = Draws.of(seed, number);
        var joined = draws.chance(JOINS_LATELY) ? today.minusDays(draws.below(LIVE_DAYS + 1)) : joinDays.draw(draws);
        var habits = Habits.draw(draws, joined);
        var customer = People.draw(draws, number, habits, today);
        customers.add(customer);
        var browsing = new Browsing(draws, customer.externalId(), now);
        if (!draws.chance(NEVER_BOUGHT)) {
            purchases(draws, habits, joined).forEach(at -> order(draws, habits, customer, at, browsing));
        }
        browsing.between(joined.atStartOfDay(ZONE).toInstant(), 2.5 * habits.spend());
        interactions.addAll(browsing.happened());
    }

    private List<LocalDateTime> purchases(Draws draws, Habits habits, LocalDate joined) {
        var purchases = new ArrayList<>(PurchaseTimes.draw(draws, habits, joined, today, promotions));
        if (draws.chance(RETURNS_LATELY)) {
            purchases.add(today.minusDays(1 + draws.below(LIVE_DAYS)).atTime(PurchaseTimes.time(draws)));
        }
        return purchases;
    }

    private void order(Draws draws, Habits habits, Customer customer, LocalDateTime at, Browsing browsing) {
        var orderedAt = at.atZone(ZONE).toInstant();
        if (orderedAt.isAfter(now)) {
            return;
        }
        var promotion = promotions.on(at.toLocalDate());
        var lines = Baskets.draw(draws, habits, at.toLocalDate(), promotion);
        var amount = lines.stream().mapToLong(Order.Line::amount).sum();
        var history = OrderLife.draw(draws, orderedAt, amount, now);
        var order = new Order(null, customer.externalId(), orderedAt, CHANNELS.draw(draws), promotion, lines, history);
        orders.add(order);
        browsing.aroundOrder(order);
    }

    /// Orders in time, each numbered within its day as shops do.
    private List<Order> numbered() {
        orders.sort(Comparator.comparing(Order::orderedAt).thenComparing(Order::customerId));
        var numbered = new ArrayList<Order>(orders.size());
        var day = opened;
        var number = 0;
        for (var order : orders) {
            var orderDay = LocalDate.ofInstant(order.orderedAt(), ZONE);
            number = orderDay.equals(day) ? number + 1 : 1;
            day = orderDay;
            var externalId = "SO%s-%04d".formatted(day.toString().replace("-", ""), number);
            numbered.add(new Order(
                    externalId,
                    order.customerId(),
                    order.orderedAt(),
                    order.channel(),
                    order.bigPromotion(),
                    order.lines(),
                    order.history()));
        }
        return List.copyOf(numbered);
    }

    /// The shop grows, and promotions bring more new customers than other days.
    private Weighted<LocalDate> joinDays() {
        var length = ChronoUnit.DAYS.between(opened, today);
        var days = LongStream.rangeClosed(0, length).mapToObj(opened::plusDays).toList();
        return new Weighted<>(
                days, day -> (0.7 + 0.6 * ChronoUnit.DAYS.between(opened, day) / length) * promotions.pull(day));
    }
}
