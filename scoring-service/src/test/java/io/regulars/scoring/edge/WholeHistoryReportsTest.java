package io.regulars.scoring.edge;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged;
import io.regulars.events.OrderChanged.Status;
import io.regulars.kit.merchant.Roles;
import io.restassured.path.json.JsonPath;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The RFM grid, personas and cohorts, against plain SQL over the orders: refunds and cancellations among them,
/// and a second shop beside.
@QuarkusTest
class WholeHistoryReportsTest extends EdgeTest {

    private static final int CUSTOMERS = 40;
    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

    @Inject
    Jdbi jdbi;

    @Test
    void theGridEqualsPlainSqlOverTheOrders() {
        clock.shiftTo(NOON);
        var shop = busyShop();

        var grid = get(shop, "reports/rfm-grid");

        var expected = cells(shop, """
                1 + 5 * (rank() over (order by day) - 1) / count(*) over ()""", """
                1 + 5 * (rank() over (order by orders) - 1) / count(*) over ()""");
        assertThat(cells(grid)).isEqualTo(expected);
        assertThat(grid.getList("cells")).hasSize(25);
        assertThat(grid.getList("recency.customers", Integer.class).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(grid.getInt("customers"));
    }

    @Test
    void theGridGoesByGivenEdges() {
        clock.shiftTo(NOON);
        var shop = busyShop();

        var grid = get(shop, "reports/rfm-grid?recencyEdges=30,60,90,180&frequencyEdges=2,3,4,5");

        var expected = cells(shop, """
                case when :today - day < 30 then 5 when :today - day < 60 then 4 when :today - day < 90 then 3
                  when :today - day < 180 then 2 else 1 end""", "least(orders, 5)");
        assertThat(cells(grid)).isEqualTo(expected);
        assertThat(table(shop, "reports/rfm-grid?recencyEdges=30,60,90,180").split("\r\n"))
                .hasSize(26)
                .startsWith("recency,frequency,customers,share,orders,sales,averageOrderValue,currency");
    }

    @Test
    void cohortsEqualPlainSqlOverTheOrders() {
        clock.shiftTo(NOON);
        var shop = busyShop();

        for (var by : List.of("month", "quarter", "week")) {
            var report = get(
                    shop,
                    "reports/cohorts?to=2026-02-02&by=%s&from=%s"
                            .formatted(by, by.equals("week") ? "2025-06-01" : "2024-12-01"));

            var expected = cohorts(shop, by, by.equals("week") ? "2025-05-26" : "2024-10-01");
            assertThat(cohorts(report)).as(by).isNotEmpty().isEqualTo(expected);
        }
    }

    @Test
    void cohortsAreTheLastTwelveWhereNothingIsSaid() {
        clock.shiftTo(NOON);
        var shop = busyShop();

        var report = get(shop, "reports/cohorts");

        assertThat(report.getString("by")).isEqualTo("month");
        assertThat(report.getString("today")).isEqualTo("2026-02-01");
        assertThat(report.getList("cohorts.start"))
                .hasSize(12)
                .startsWith("2025-03-01")
                .endsWith("2026-02-01");
        assertThat(report.getList("cohorts[0].periods.start")).hasSize(12).endsWith("2026-02-01");
        assertThat(report.getList("cohorts[0].periods.over", Boolean.class)).endsWith(true, false);
        assertThat(table(shop, "reports/cohorts").split("\r\n"))
                .hasSize(1 + 12 * 13 / 2)
                .startsWith("cohort,size,no,start,customers,share,sales,currency,over");
    }

    @Test
    void personasEqualPlainSqlOverTheOrdersAndWhatTheRecordsSay() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        Calibrated.anew(jdbi, shop.merchant);

        var report = get(shop, "reports/personas");

        assertThat(report.getInt("customers")).isEqualTo(CUSTOMERS);
        assertThat(tiers(report)).isEqualTo(tiers(shop));
        var tierOf = tierOf(shop);
        for (var tier : report.<Map<String, Object>>getList("tiers")) {
            var own = IntStream.rangeClosed(1, CUSTOMERS)
                    .filter(customer -> tierOf.get(customer).equals(tier.get("key")))
                    .boxed()
                    .toList();
            assertThat(tier.get("recordsKnown")).isEqualTo(own.size());
            assertThat(shares(tier, "genders")).isEqualTo(large(own.stream().map(WholeHistoryReportsTest::gender)));
            assertThat(shares(tier, "ageBands"))
                    .isEqualTo(large(own.stream().map(customer -> customer % 2 == 0 ? "25-34" : "35-44")));
            assertThat(shares(tier, "regions")).isEqualTo(large(own.stream().map(WholeHistoryReportsTest::region)));
            assertThat(shares(tier, "cities")).isEqualTo(large(own.stream().map(customer -> "City " + customer % 3)));
            assertThat(shares(tier, "needTypes"))
                    .isEqualTo(large(
                            own.stream().filter(customer -> customer % 2 == 0).map(customer -> "gift")));
            var byMail = own.stream().filter(customer -> customer % 3 > 0).count();
            assertThat(shares(tier, "consents")).isEqualTo(byMail < 5 ? Map.of() : Map.of("EMAIL", (int) byMail));
        }
        assertThat(categories(report)).isEqualTo(categories(shop)).isNotEmpty();
        assertThat(report.getString("categoriesAsOf")).isNotNull();
        assertThat(table(shop, "reports/personas")).startsWith("tier,dimension,value,customers,share,orders,sales");
    }

    @Test
    void anErasedCustomerLeavesNothingOfTheRecordAndIsStillCounted() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        assertThat(records(shop)).isEqualTo(CUSTOMERS);

        TestTopics.publish(customer(shop, 1, 2, true));
        TestTopics.publish(customer(shop, 1, 1, false));
        TestTopics.publish(customer(shop, 2, 2, true));

        eventually(() -> assertThat(records(shop)).isEqualTo(CUSTOMERS - 2));
        var report = get(shop, "reports/personas");
        assertThat(report.getInt("customers")).isEqualTo(CUSTOMERS);
        assertThat(report.getList("tiers.recordsKnown", Integer.class).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(CUSTOMERS - 2);
    }

    @Test
    void merchantsSeeTheirOwn() {
        clock.shiftTo(NOON);
        var shop = busyShop();
        var other = Shop.open();
        eventually(() -> assertThat(get(other, "models").getList("items")).hasSize(1));

        assertThat(get(other, "reports/rfm-grid").getInt("customers")).isZero();
        assertThat(get(other, "reports/personas").getInt("customers")).isZero();
        assertThat(get(other, "reports/cohorts").getList("cohorts.customers")).containsOnly(0);
        for (var path : List.of("rfm-grid", "personas", "cohorts")) {
            as(shop, Roles.SUPPORT).get("/v1/reports/" + path).then().statusCode(403);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "rfm-grid?recencyEdges=1,2,3 recencyEdges",
                "rfm-grid?recencyEdges=1,2,2,3 recencyEdges",
                "rfm-grid?frequencyEdges=0,1,2,3 frequencyEdges",
                "rfm-grid?frequencyEdges=1,2,3,many frequencyEdges",
                "cohorts?by=day by",
                "cohorts?from=soon from",
                "cohorts?from=2026-05-01&to=2026-02-01 to",
                "cohorts?from=2020-01-01&to=2026-02-01&by=week from",
            })
    void whatCannotBeAskedIsRefused(String path, String field) {
        refusesReport(path, field);
    }

    /// Customers of known records with up to six orders each, some given back in part or whole, some cancelled.
    private Shop busyShop() {
        var shop = Shop.open();
        eventually(() -> assertThat(get(shop, "models").getList("items")).hasSize(1));
        var random = new Random(shop.merchant);
        var order = 0;
        for (var customer = 1; customer <= CUSTOMERS; customer++) {
            TestTopics.publish(customer(shop, customer, 1, false));
            for (var i = random.nextInt(7); i > 0; i--) {
                var amount = 1 + random.nextInt(2_000_00);
                var made = shop.order(++order, customer)
                        .at(NOON.minus(Duration.ofHours(random.nextInt(400 * 24))))
                        .backfill();
                switch (random.nextInt(5)) {
                    case 0 -> made.kept("A", "tea", amount, 1, amount / 2).status(Status.PART_REFUNDED);
                    case 1 -> made.kept("B", "cups", amount, 0, 0).status(Status.REFUNDED);
                    case 2 -> made.line("C", 1, amount);
                    default -> made.kept("A", "tea", amount, 2, amount).line("D", 1, 5_00);
                }
                made.arrives();
            }
        }
        var orders = order;
        eventually(() -> assertThat(one(shop, "select count(*) from purchase_order where merchant_id = :m"))
                .isEqualTo(orders));
        eventually(() -> assertThat(records(shop)).isEqualTo(CUSTOMERS));
        eventually(
                () -> assertThat(get(shop, "recomputes").getList("items.state")).containsOnly("done"));
        return shop;
    }

    private static CustomerChanged customer(Shop shop, int id, long version, boolean erased) {
        return new CustomerChanged(
                shop.merchant,
                id,
                version,
                Shop.external(id),
                LONG_AGO,
                "Test " + id,
                gender(id),
                // 34 and 35 in the year 2026
                LocalDate.of(id % 2 == 0 ? 1992 : 1991, 6, 1),
                region(id),
                "City " + id % 3,
                null,
                null,
                null,
                null,
                Map.of(),
                List.of(),
                Map.of(),
                id % 2 == 0 ? "gift" : null,
                List.of(),
                Map.of(
                        Channel.EMAIL, new CustomerChanged.Consent(id % 3 > 0, LONG_AGO, "api"),
                        Channel.SMS, new CustomerChanged.Consent(false, LONG_AGO, "api")),
                "token" + id,
                erased);
    }

    private static String gender(int customer) {
        return customer % 2 == 0 ? "female" : "male";
    }

    /// One of them in a region of their own, the others in two.
    private static String region(int customer) {
        return customer == 7 ? "Tibet" : customer % 4 == 0 ? "Hunan" : "Zhejiang";
    }

    private long records(Shop shop) {
        return one(shop, "select count(*) from customer_record where merchant_id = :m");
    }

    private long one(Shop shop, String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("m", shop.merchant)
                .mapTo(Long.class)
                .one());
    }

    /// `recency frequency` to `customers orders sales`, of the cells that have any.
    private Map<String, String> cells(Shop shop, String recency, String frequency) {
        return strings(shop, """
                with buyers as (
                  select customer_id, max(day) as day, count(*) as orders, sum(amount) as sales from purchase_order
                  where merchant_id = :m and counted and :today > 0 group by customer_id
                ), placed as (
                  select *, %s as recency, %s as frequency from buyers)
                select recency || ' ' || frequency as key,
                  count(*) || ' ' || sum(orders) || ' ' || round(sum(sales) / 100.0, 2) as value
                from placed group by recency, frequency
                """.formatted(recency, frequency));
    }

    private static Map<String, String> cells(JsonPath grid) {
        return grid.<Map<String, Object>>getList("cells").stream()
                .filter(cell -> !cell.get("customers").equals(0))
                .collect(Collectors.toMap(
                        cell -> cell.get("recency") + " " + cell.get("frequency"),
                        cell -> cell.get("customers") + " " + cell.get("orders") + " " + amount(cell, "sales")));
    }

    /// `cohort period` to `customers sales`, of the periods in which somebody bought.
    private Map<String, String> cohorts(Shop shop, String by, String from) {
        return strings(shop, """
                with bought as (
                  select customer_id, date_trunc('%1$s', date '1970-01-01' + day)::date as period, amount
                  from purchase_order where merchant_id = :m and counted
                ), firsts as (
                  select customer_id, min(period) as cohort from bought group by customer_id)
                select cohort || ' ' || period as key,
                  count(distinct customer_id) || ' ' || round(sum(amount) / 100.0, 2) as value
                from bought join firsts using (customer_id)
                where cohort >= date '%2$s' and :today > 0 group by cohort, period
                """.formatted(by, from));
    }

    private static Map<String, String> cohorts(JsonPath report) {
        var cohorts = new HashMap<String, String>();
        for (var cohort : report.<Map<String, Object>>getList("cohorts")) {
            for (var period : maps(cohort, "periods")) {
                if (!period.get("customers").equals(0)) {
                    cohorts.put(
                            cohort.get("start") + " " + period.get("start"),
                            period.get("customers") + " " + amount(period, "sales"));
                }
            }
        }
        return cohorts;
    }

    /// `tier` to `customers orders sales average medianDays`, of the tiers that somebody holds.
    private Map<String, String> tiers(Shop shop) {
        return strings(shop, """
                with days as (
                  select distinct s.tier, o.customer_id, o.day from purchase_order o
                  join score s using (merchant_id, customer_id) where o.merchant_id = :m and o.counted
                ), gaps as (
                  select tier, day - lag(day) over (partition by customer_id order by day) as gap from days
                ), medians as (
                  select tier, percentile_cont(0.5) within group (order by gap) as days from gaps group by tier)
                select s.tier as key, count(distinct s.customer_id) || ' ' || count(o.order_id) || ' '
                  || round(coalesce(sum(o.amount), 0) / 100.0, 2) || ' '
                  || coalesce(round(round(avg(o.amount)) / 100.0, 2)::text, 'null') || ' '
                  || coalesce(round(max(m.days)::numeric, 1)::text, 'null') as value
                from score s left join purchase_order o
                  on o.merchant_id = s.merchant_id and o.customer_id = s.customer_id and o.counted
                left join medians m on m.tier = s.tier
                where s.merchant_id = :m and :today > 0 group by s.tier
                """);
    }

    private static Map<String, String> tiers(JsonPath report) {
        return report.<Map<String, Object>>getList("tiers").stream()
                .filter(tier -> !tier.get("customers").equals(0))
                .collect(Collectors.toMap(
                        tier -> (String) tier.get("key"),
                        tier -> tier.get("customers") + " " + tier.get("orders") + " " + amount(tier, "sales") + " "
                                + (tier.get("averageOrderValue") == null ? null : amount(tier, "averageOrderValue"))
                                + " " + tier.get("medianDays")));
    }

    private static Map<Integer, String> tierOf(Shop shop) {
        return get(shop, "scores").<Map<String, Object>>getList("items").stream()
                .collect(Collectors.toMap(
                        item -> Integer.valueOf(((String) item.get("externalId")).substring(1)),
                        item -> (String) item.get("tier")));
    }

    /// `tier category` to `customers sales`.
    private Map<String, String> categories(Shop shop) {
        return strings(shop, """
                select s.tier || ' ' || l.category as key,
                  count(distinct l.customer_id) || ' ' || round(sum(l.kept_amount) / 100.0, 2) as value
                from order_line l
                join purchase_order o using (merchant_id, customer_id, order_id)
                join score s using (merchant_id, customer_id)
                where l.merchant_id = :m and o.counted and l.kept_quantity > 0 and :today > 0
                group by s.tier, l.category having count(distinct l.customer_id) >= 5
                """);
    }

    private static Map<String, String> categories(JsonPath report) {
        var categories = new HashMap<String, String>();
        for (var tier : report.<Map<String, Object>>getList("tiers")) {
            for (var category : maps(tier, "categories")) {
                categories.put(
                        tier.get("key") + " " + category.get("category"),
                        category.get("customers") + " " + amount(category, "sales"));
            }
        }
        return categories;
    }

    private Map<String, String> strings(Shop shop, String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("m", shop.merchant)
                .bind("today", (int) LocalDate.of(2026, 2, 1).toEpochDay())
                .map((row, context) -> Map.entry(row.getString("key"), row.getString("value")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /// What must be told of these values: `other` for those of fewer than five, together with the next larger
    /// where they are too few themselves.
    private static Map<String, Integer> large(java.util.stream.Stream<String> values) {
        var counts = values.collect(Collectors.groupingBy(value -> value, Collectors.summingInt(value -> 1)));
        var small = counts.values().stream()
                .filter(count -> count < 5)
                .mapToInt(Integer::intValue)
                .sum();
        counts.values().removeIf(count -> count < 5);
        while (small > 0 && small < 5 && !counts.isEmpty()) {
            var least = counts.entrySet().stream()
                    .min(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(java.util.Comparator.reverseOrder())))
                    .orElseThrow();
            small += counts.remove(least.getKey());
        }
        if (small >= 5) {
            counts.put("other", small);
        }
        return counts;
    }

    private static Map<String, Integer> shares(Map<String, Object> tier, String dimension) {
        return maps(tier, dimension).stream()
                .collect(Collectors.toMap(
                        share -> share.get("value") == null ? "other" : (String) share.get("value"),
                        share -> (Integer) share.get("customers")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Map<String, Object> of, String name) {
        return (List<Map<String, Object>>) of.get(name);
    }

    private static Object amount(Map<String, Object> of, String name) {
        return ((Map<?, ?>) of.get(name)).get("amount");
    }

    private static String table(Shop shop, String path) {
        return as(shop).accept("text/csv")
                .get("/v1/" + path)
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();
    }
}
