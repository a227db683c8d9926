package io.regulars.scoring.edge;

import java.time.Instant;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.kit.merchant.Roles;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class TierHistoryTest extends EdgeTest {

    @Inject
    Jdbi jdbi;

    /// One rises and falls, one stays, one comes later, one rises at the very beginning of a day.
    private Shop shop() {
        var shop = Shop.open();
        eventually(() -> assertThat(get(shop, "models").getList("items")).hasSize(1));
        step(shop, 1, 1, "new", 0, null, "2026-01-05T00:00:00Z");
        step(shop, 1, 2, "vip", 3, "new", "2026-01-20T00:00:00Z");
        step(shop, 1, 3, "ordinary", 1, "vip", "2026-03-10T00:00:00Z");
        step(shop, 2, 1, "new", 0, null, "2026-01-06T00:00:00Z");
        step(shop, 3, 1, "ordinary", 1, null, "2026-02-10T00:00:00Z");
        step(shop, 4, 1, "new", 0, null, "2026-01-06T00:00:00Z");
        step(shop, 4, 2, "senior", 2, "new", "2026-01-31T16:00:00Z");
        return shop;
    }

    @Test
    void movesAreCountedBetweenTheBeginningsOfTwoDays() {
        var shop = shop();

        var report = get(shop, "reports/migrations?from=2026-01-10&to=2026-02-01");
        assertThat(report.getInt("customers")).isEqualTo(3);
        assertThat(report.getInt("upgraded")).isEqualTo(1);
        assertThat(report.getDouble("upgradeRate")).isEqualTo(0.3333);
        assertThat(report.getInt("downgraded")).isZero();
        assertThat(report.getList("moves", Map.class))
                .containsExactly(
                        Map.of("from", "new", "to", "new", "customers", 2),
                        Map.of("from", "new", "to", "vip", "customers", 1));

        var next = get(shop, "reports/migrations?from=2026-02-01&to=2026-04-01");
        assertThat(next.getInt("downgraded")).isEqualTo(1);
        assertThat(next.getList("moves", Map.class))
                .containsExactly(
                        Map.of("to", "ordinary", "customers", 1),
                        Map.of("from", "new", "to", "new", "customers", 1),
                        Map.of("from", "new", "to", "senior", "customers", 1),
                        Map.of("from", "vip", "to", "ordinary", "customers", 1));
    }

    @Test
    void sizesAreThoseOfTheBeginningOfEachDay() {
        var shop = shop();

        var trend = get(shop, "reports/tiers/trend?from=2026-01-01&to=2026-04-01&step=P1M");

        assertThat(trend.getList("points.day")).containsExactly("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01");
        assertThat(trend.getList("points.all")).containsExactly(0, 3, 4, 4);
        assertThat(trend.getList("points.customers.new")).containsExactly(0, 2, 1, 1);
        assertThat(trend.getList("points.customers.vip")).containsExactly(0, 1, 1, 0);
        assertThat(trend.getList("points.customers.ordinary")).containsExactly(0, 0, 1, 2);
        assertThat(trend.getList("points.customers.senior")).containsExactly(0, 0, 1, 1);
    }

    @Test
    void salesAreThoseOfTheTierInWhichThePurchaseDayEnded() {
        var shop = shop();
        bought(shop, 1, Map.of("2026-01-04", 70_00L, "2026-01-19", 100_00L, "2026-01-20", 200_00L));
        bought(shop, 4, Map.of("2026-01-31", 50_00L, "2026-02-01", 30_00L, "2026-04-01", 900_00L));
        bought(Shop.open(), 1, Map.of("2026-01-20", 5_000_00L));

        var trend = get(shop, "reports/tiers/trend?from=2026-01-01&to=2026-04-01&step=P1M");

        assertThat(trend.getList("points.shares.new")).containsExactly(0, 0.6667f, 0.25f, 0.25f);
        assertThat(trend.getList("points.sales.new.amount")).containsExactly("150.00", "0.00", "0.00", "0.00");
        assertThat(trend.getList("points.sales.vip.amount")).containsExactly("200.00", "0.00", "0.00", "0.00");
        assertThat(trend.getList("points.sales.senior.amount")).containsExactly("0.00", "30.00", "0.00", "0.00");
        assertThat(trend.getList("points.salesBeforeTiers.amount")).containsExactly("70.00", "0.00", "0.00", "0.00");
        assertThat(table(shop, "reports/tiers/trend?from=2026-01-01&to=2026-01-02&step=P1M"))
                .contains("2026-01-01,new,0,0,0.00,CNY");
    }

    @Test
    void bothComeAsTables() {
        var shop = shop();

        assertThat(table(shop, "reports/migrations?from=2026-01-10&to=2026-02-01"))
                .isEqualTo("from,to,customers\r\nnew,new,2\r\nnew,vip,1\r\n");
        assertThat(table(shop, "reports/tiers/trend?from=2026-02-01&to=2026-02-02&step=P1M"))
                .startsWith("day,tier,customers,share,sales,currency\r\n2026-02-01,new,2,0.6667,0.00,CNY\r\n");
    }

    @Test
    void merchantsSeeTheirOwn() {
        var shop = shop();
        var other = Shop.open();
        eventually(() -> assertThat(get(other, "models").getList("items")).hasSize(1));

        assertThat(get(other, "reports/migrations?from=2026-01-10").getList("moves"))
                .isEmpty();
        assertThat(get(shop, "reports/migrations?from=2026-01-10").getList("moves"))
                .isNotEmpty();
        as(shop, Roles.SUPPORT)
                .get("/v1/reports/migrations?from=2026-01-10")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({
        "migrations, from",
        "migrations?from=soon, from",
        "migrations?from=2026-02-01&to=2026-02-01, to",
        "migrations?from=1800-01-01, from",
        "tiers/trend?from=2026-01-01&to=2026-02-01&step=P0D, step",
        "tiers/trend?from=2026-01-01&to=2026-02-01&step=often, step",
        "tiers/trend?from=2000-01-01&to=2026-02-01&step=P1D, step",
    })
    void whatCannotBeAskedIsRefused(String path, String field) {
        refusesReport(path, field);
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

    /// Purchases of a customer who has none, once nobody scores the shop any more.
    private void bought(Shop shop, long customer, Map<String, Long> amounts) {
        eventually(
                () -> assertThat(get(shop, "recomputes").getList("items.state")).containsOnly("done"));
        var days = amounts.keySet().stream().sorted().toList();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into history (merchant_id, customer_id, days, orders, amounts, promotions, promotion_amounts)
                        select :merchant, :customer, array_agg(day::date - date '1970-01-01' order by day),
                          array_agg(1), array_agg(amount order by day), array_agg(0), array_agg(0)
                        from unnest(:days::text[], :amounts::bigint[]) as b (day, amount)
                        """)
                .bind("merchant", shop.merchant)
                .bind("customer", customer)
                .bindArray("days", String.class, days)
                .bindArray(
                        "amounts", Long.class, days.stream().map(amounts::get).toList())
                .execute());
    }

    private void step(Shop shop, long customer, long seq, String tier, int rank, String previous, String since) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into score_step (merchant_id, customer_id, dimension, seq, key, rank, previous,
                          previous_rank, since, reason_zh, reason_en, model_version, backfill)
                        values (:merchant, :customer, 'tier', :seq, :tier, :rank, :previous, -1, :since, '', '', 1, true)
                        """)
                .bind("merchant", shop.merchant)
                .bind("customer", customer)
                .bind("seq", seq)
                .bind("tier", tier)
                .bind("rank", rank)
                .bind("previous", previous)
                .bind("since", Instant.parse(since))
                .execute());
    }
}
