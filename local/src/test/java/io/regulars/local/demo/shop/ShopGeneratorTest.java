package io.regulars.local.demo.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

class ShopGeneratorTest {

    private static final Instant NOW = Instant.parse("2026-05-20T06:30:00Z");
    private static final Shop SHOP = ShopGenerator.generate(7, NOW);

    @Test
    void sameSeedAndNowGiveTheSameShop() {
        assertThat(ShopGenerator.generate(7, NOW)).isEqualTo(SHOP);
    }

    @Test
    void anotherSeedGivesAnotherShop() {
        assertThat(ShopGenerator.generate(8, NOW).orders()).isNotEqualTo(SHOP.orders());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-05-20T06:30:00Z", "2028-02-29T17:00:00Z", "2026-12-31T16:00:01Z", "2026-11-11T01:00:00Z"})
    void nothingHappensInTheFuture(String instant) {
        var now = Instant.parse(instant);
        var shop = ShopGenerator.generate(7, now);

        assertThat(shop.orders()).allSatisfy(order -> {
            assertThat(order.orderedAt()).isBeforeOrEqualTo(now).isAfter(now.minus(Duration.ofDays(733)));
            assertThat(order.history()).isSortedAccordingTo(Comparator.comparing(Order.Change::at));
            assertThat(order.last().at()).isBeforeOrEqualTo(now);
        });
        assertThat(shop.interactions()).allSatisfy(did -> assertThat(did.at()).isBeforeOrEqualTo(now));
        assertThat(shop.orders())
                .anySatisfy(order -> assertThat(shop.live(order.orderedAt())).isTrue());
    }

    @Test
    void everyThingHasAnIdOfItsOwnAndEveryOrderACustomer() {
        var customers = SHOP.customers().stream().map(Customer::externalId).collect(Collectors.toSet());

        assertThat(customers).hasSize(2_000);
        assertThat(SHOP.orders()).extracting(Order::externalId).doesNotHaveDuplicates();
        assertThat(SHOP.interactions()).extracting(Interaction::externalId).doesNotHaveDuplicates();
        assertThat(SHOP.products()).extracting(Product::code).doesNotHaveDuplicates();
        assertThat(SHOP.orders()).extracting(Order::customerId).isSubsetOf(customers);
        assertThat(phones()).doesNotHaveDuplicates().allMatch(phone -> phone.matches("\\+86154\\d{8}"));
    }

    @Test
    void moneyIsExact() {
        assertThat(SHOP.orders()).allSatisfy(order -> {
            assertThat(order.lines()).isNotEmpty().allSatisfy(line -> {
                assertThat(line.quantity()).isPositive();
                assertThat(line.discount())
                        .isBetween(0L, line.quantity() * line.product().price() / 5);
            });
            assertThat(order.amount())
                    .isPositive()
                    .isEqualTo(order.lines().stream()
                            .mapToLong(line -> line.quantity() * line.product().price() - line.discount())
                            .sum());
            assertThat(order.last().refundedAmount()).isBetween(0L, order.amount() - 1);
        });
    }

    @Test
    void peopleComeBackAsInShopsOfDailyGoods() {
        var orders = perCustomer(order -> true);

        assertThat(orders).hasSizeBetween(1_850, 1_950);
        assertThat(share(orders.values(), count -> count > 1)).isBetween(0.5, 0.75);
        assertThat(share(orders.values(), count -> count > 10)).isBetween(0.04, 0.25);
        assertThat(SHOP.orders()).hasSizeBetween(6_000, 14_000);
    }

    @Test
    void aFewCustomersBringALargePartOfTheSales() {
        var sales = SHOP.orders().stream()
                .filter(Order::counts)
                .collect(groupingBy(Order::customerId, summingLong(Order::amount)))
                .values()
                .stream()
                .sorted(Comparator.reverseOrder())
                .toList();

        var all = sales.stream().mapToLong(Long::longValue).sum();
        var topTenth = sales.stream()
                .limit(sales.size() / 10)
                .mapToLong(Long::longValue)
                .sum();

        assertThat((double) topTenth / all).isBetween(0.3, 0.6);
    }

    @Test
    void sharesAreThoseOfAShop() {
        var ended = SHOP.orders().stream()
                .filter(order -> order.orderedAt().isBefore(NOW.minus(Duration.ofDays(20))))
                .toList();
        assertThat(share(ended, order -> order.last().status().equals("completed")))
                .isBetween(0.88, 0.95);
        assertThat(share(ended, order -> order.last().status().equals("cancelled")))
                .isBetween(0.01, 0.04);
        assertThat(share(ended, order -> order.last().status().equals("refunded")))
                .isBetween(0.015, 0.045);
        assertThat(share(ended, order -> order.last().status().equals("part_refunded")))
                .isBetween(0.01, 0.04);
        assertThat(share(SHOP.orders(), Order::bigPromotion)).isBetween(0.06, 0.25);

        var customers = SHOP.customers();
        assertThat(share(customers, customer -> "female".equals(customer.gender())))
                .isBetween(0.55, 0.75);
        assertThat(share(customers, customer -> customer.consents().getOrDefault("sms", false)))
                .isBetween(0.55, 0.7);
        assertThat(share(customers, customer -> customer.consents().getOrDefault("email", false)))
                .isBetween(0.35, 0.5);
        assertThat(share(customers, customer -> customer.consents().containsValue(false)))
                .isBetween(0.08, 0.3);
        assertThat(share(customers, customer -> customer.name().startsWith("王")))
                .isBetween(0.04, 0.14);
        assertThat(share(customers, customer -> customer.region().equals("广东"))).isBetween(0.09, 0.19);
    }

    @Test
    void namesHoldRareCharactersAndAnEmoji() {
        var names = SHOP.customers().stream().map(Customer::name).toList();

        assertThat(names).anyMatch(name -> name.contains("🐟"));
        assertThat(names).anyMatch(name -> name.matches(".*[喆堃犇龘𠮷𫖳].*"));
        assertThat(names).anyMatch(name -> name.startsWith("欧阳"));
    }

    @Test
    void whatRunsOutIsReorderedNearItsRunOut() {
        var ratios = new ArrayList<Double>();
        purchasesOfWipes().values().forEach(orders -> {
            for (var i = 1; i < orders.size(); i++) {
                var days = Duration.between(
                                        orders.get(i - 1).orderedAt(),
                                        orders.get(i).orderedAt())
                                .toHours()
                        / 24.0;
                ratios.add(days / (20 * wipes(orders.get(i - 1))));
            }
        });

        assertThat(ratios).hasSizeGreaterThan(300);
        assertThat(ratios.stream().sorted().toList().get(ratios.size() / 2)).isBetween(0.75, 1.3);
        // Exponential intervals of the same mean would have a fifth of them there.
        assertThat(share(ratios, ratio -> ratio > 0.7 && ratio < 1.2)).isGreaterThan(0.32);
    }

    @Test
    void promotionsPull() {
        var byDay = SHOP.orders().stream()
                .collect(groupingBy(order -> LocalDate.ofInstant(order.orderedAt(), ShopGenerator.ZONE), counting()));

        assertThat(byDay.get(LocalDate.of(2025, 11, 11))).isGreaterThan(6 * byDay.get(LocalDate.of(2025, 11, 20)));
        assertThat(SHOP.orders())
                .filteredOn(Order::bigPromotion)
                .extracting(order -> LocalDate.ofInstant(order.orderedAt(), ShopGenerator.ZONE)
                        .getMonthValue())
                .containsOnly(1, 6, 11, 12);
    }

    @Test
    void todaySomeSleepAndSomeAreAboutToRunOut() {
        var last = new TreeMap<String, Instant>();
        SHOP.orders().stream().filter(Order::counts).forEach(order -> last.put(order.customerId(), order.orderedAt()));
        var aboutToRunOut = SHOP.orders().stream()
                .filter(order -> order.orderedAt().equals(last.get(order.customerId())))
                .filter(order -> order.lines().stream().anyMatch(line -> aboutToRunOut(order, line)))
                .count();

        assertThat(share(last.values(), at -> at.isBefore(NOW.minus(Duration.ofDays(90)))))
                .isBetween(0.3, 0.8);
        assertThat(aboutToRunOut).isBetween(20L, 200L);
        assertThat(SHOP.orders().stream().filter(order -> SHOP.live(order.orderedAt())))
                .hasSizeBetween(40, 200);
    }

    /// Used up by three quarters to nine tenths.
    private static boolean aboutToRunOut(Order order, Order.Line line) {
        if (line.product().lastsDays() == null) {
            return false;
        }
        var days = Duration.between(order.orderedAt(), NOW).toHours() / 24.0;
        var used = days / (line.quantity() * line.product().lastsDays());
        return used >= 0.75 && used <= 0.9;
    }

    private static List<String> phones() {
        return SHOP.customers().stream()
                .map(Customer::phone)
                .filter(phone -> phone != null)
                .toList();
    }

    private static Map<String, Long> perCustomer(Predicate<Order> which) {
        return SHOP.orders().stream().filter(which).collect(groupingBy(Order::customerId, counting()));
    }

    private static Map<String, List<Order>> purchasesOfWipes() {
        return SHOP.orders().stream()
                .filter(order -> order.lines().getFirst().product().code().equals("BW-080"))
                .collect(groupingBy(Order::customerId));
    }

    private static long wipes(Order order) {
        return order.lines().stream()
                .filter(line -> line.product().code().equals("BW-080"))
                .mapToLong(Order.Line::quantity)
                .sum();
    }

    private static <T> double share(Iterable<T> of, Predicate<T> which) {
        var all = 0;
        var matching = 0;
        for (var item : of) {
            all++;
            matching += which.test(item) ? 1 : 0;
        }
        return (double) matching / all;
    }
}
