package io.regulars.scoring.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestEvents;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged;
import io.regulars.events.EngagementRecorded;
import io.regulars.events.OrderChanged.Status;
import io.regulars.kit.merchant.Roles;
import io.restassured.path.json.JsonPath;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What happened in a period: paths and losses.
@QuarkusTest
class PeriodReportsTest extends EdgeTest {

    /// Ninety days after the purchase, at midnight in Shanghai.
    private static final Instant LOST = Instant.parse("2026-05-01T16:00:00Z");

    @Inject
    Jdbi jdbi;

    @Test
    void pathsAreThoseOfThePeriodAndInTheOrderOfTime() {
        clock.shiftTo(NOON);
        var shop = wanderers(Shop.open());
        wanderers(Shop.open());

        var report = get(shop, "reports/paths?from=2026-01-10&to=2026-01-20");

        assertThat(report.getInt("customers")).isEqualTo(4);
        assertThat(report.getList("steps.step")).containsExactly("visit", "view", "cart", "order", "review");
        assertThat(report.getList("steps.did")).containsExactly(3, 3, 2, 2, 1);
        assertThat(report.getList("steps.reached")).containsExactly(3, 2, 1, 1, 1);
        assertThat(report.getList("steps.dropped")).containsExactly(0, 1, 1, 0, 0);
        assertThat(report.getList("steps.dropOff")).containsExactly(0f, 0.3333f, 0.5f, 0f, 0f);
        assertThat(report.getInt("transitionsInAll")).isEqualTo(9);
        assertThat(report.<Map<String, Object>>getList("transitions").getFirst())
                .isEqualTo(Map.of("from", "product_viewed", "to", "product_added", "times", 2, "share", 0.2222f));
        assertThat(table(shop, "reports/paths?from=2026-01-10&to=2026-01-20"))
                .startsWith("part,from,to,count,share,did,dropped,dropOff\r\nstep,,visit,3,1.0000,3,0,0.0000\r\n")
                .contains("transition,product_viewed,product_added,2,0.2222,,,\r\n");
    }

    /// One goes all the way; one views before visiting; one visits, sees, and buys what is wholly given back; one
    /// orders alone; what lies outside of the period counts for nothing.
    private Shop wanderers(Shop shop) {
        eventually(() -> assertThat(get(shop, "models").getList("items")).hasSize(1));
        does(shop, 1, "2026-01-10T00:00:00+08:00", "visited", "product_viewed", "product_added");
        shop.order(1, 1)
                .at(Instant.parse("2026-01-11T00:00:00Z"))
                .line("A", 1, 10_00)
                .arrives();
        does(shop, 1, "2026-01-12T00:00:00+08:00", "product_reviewed");
        does(shop, 2, "2026-01-11T00:00:00+08:00", "product_viewed", "product_added", "visited");
        does(shop, 2, "2026-01-20T00:00:00+08:00", "product_viewed", "product_added");
        does(shop, 3, "2026-01-11T00:00:00+08:00", "visited", "products_searched", "inquired", "products_searched");
        shop.order(3, 3)
                .at(Instant.parse("2026-01-12T00:00:00Z"))
                .line("A", 1, 10_00)
                .status(Status.REFUNDED)
                .arrives();
        does(shop, 4, "2026-01-09T23:00:00+08:00", "visited");
        shop.order(4, 4)
                .at(Instant.parse("2026-01-15T00:00:00Z"))
                .line("A", 1, 10_00)
                .arrives();
        eventually(() -> assertThat(count(shop, "interaction")).isEqualTo(14));
        eventually(() -> assertThat(count(shop, "purchase_order")).isEqualTo(3));
        return shop;
    }

    private int interactions;

    private void does(Shop shop, long customer, String from, String... kinds) {
        for (var i = 0; i < kinds.length; i++) {
            var at = java.time.OffsetDateTime.parse(from).toInstant().plusSeconds(60L * i);
            var rating = kinds[i].equals("product_reviewed") ? Integer.valueOf(4) : null;
            shop.interaction(++interactions, customer, kinds[i], at, rating);
        }
    }

    @Test
    void lossesSayWhatWasKnownThen() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        withFixedCutPoints(shop);
        IntStream.rangeClosed(1, 6).forEach(customer -> TestTopics.publish(living(shop, customer)));
        for (var customer = 1; customer <= 6; customer++) {
            shop.order(customer, customer)
                    .at(NOON)
                    .kept("A", customer <= 2 ? "tea" : "cups", 100_00, 1, 50_00)
                    .status(Status.PART_REFUNDED)
                    .arrives();
        }
        shop.order(10, 3)
                .at(NOON.plusSeconds(60))
                .kept("B", "lamps", 700_00, 0, 0)
                .status(Status.REFUNDED)
                .arrives();
        shop.interaction(1, 1, "product_reviewed", NOON, 5);
        shop.interaction(2, 1, "product_reviewed", NOON.plusSeconds(60), 2);
        shop.interaction(3, 1, "product_reviewed", LOST.plusSeconds(60), 4);
        shop.interaction(8, 3, "product_reviewed", NOON.plusSeconds(60), 1);
        shop.interaction(9, 3, "survey_answered", NOON.plusSeconds(90), 61);
        TestTopics.publish(sent(shop, 1, 7, NOON.plusSeconds(60)));
        TestTopics.publish(sent(shop, 1, 8, NOON.plusSeconds(90)));
        TestTopics.publish(sent(shop, 1, 8, NOON.plusSeconds(90)));
        TestTopics.publish(sent(shop, 1, 9, LOST));
        TestTopics.publish(sent(shop, 2, 7, NOON.plusSeconds(30)));
        shop.interaction(5, 1, "complained", LOST.minus(Duration.ofDays(90)).minusSeconds(1), null);
        shop.interaction(6, 1, "complained", LOST.minus(Duration.ofDays(90)), null);
        shop.interaction(7, 2, "complained", LOST.minusSeconds(1), null);
        eventually(() -> assertThat(count(shop, "interaction")).isEqualTo(8));
        eventually(() -> assertThat(count(shop, "contact")).isEqualTo(4));
        eventually(() -> assertThat(count(shop, "purchase_order")).isEqualTo(7));
        eventually(
                () -> assertThat(get(shop, "scores?stage=new").getList("items")).hasSize(6));

        clock.shiftTo(LOST.plus(Duration.ofHours(1)));
        eventually(() ->
                assertThat(get(shop, "scores?stage=lost").getList("items")).hasSize(6));
        var tier = get(shop, "scores").getList("items.tier");
        shop.order(11, 2)
                .at(LOST.plus(Duration.ofMinutes(30)))
                .line("A", 1, 20_00)
                .arrives();
        eventually(() ->
                assertThat(get(shop, "scores?stage=lost").getList("items")).hasSize(5));

        var report = get(shop, "reports/losses?from=2026-05-02&to=2026-05-03");
        assertThat(row(report, "all")).isEqualTo("null 6 300.00 1 20.00");
        assertThat(report.getString("all.wonBackShare")).isEqualTo("0.1667");
        assertThat(rows(report, "byTier")).containsExactly(tier.getFirst() + " 6 300.00 1 20.00");
        assertThat(rows(report, "byRegion")).containsExactly("Hunan 5 250.00 1 20.00", "other 1 50.00 0 0.00");
        assertThat(rows(report, "byLastCategory")).containsExactly("cups 4 200.00 0 0.00", "tea 2 100.00 1 20.00");
        assertThat(rows(report, "byLastRating"))
                .containsExactly("null 4 200.00 1 20.00", "2 1 50.00 0 0.00", "4 1 50.00 0 0.00");
        assertThat(rows(report, "byComplaints")).containsExactly("0 4 200.00 0 0.00", "1 2 100.00 1 20.00");
        assertThat(rows(report, "byLastCampaign"))
                .containsExactly("null 4 200.00 0 0.00", "cmp_7 1 50.00 1 20.00", "cmp_8 1 50.00 0 0.00");
        assertThat(table(shop, "reports/losses?from=2026-05-02&to=2026-05-03"))
                .contains("all,,6,1.0000,300.00,1,0.1667,20.00,CNY\r\n")
                .contains("region,other,1,0.1667,50.00,0,0.0000,0.00,CNY\r\n");

        var before = get(shop, "reports/losses?from=2026-05-01&to=2026-05-02");
        assertThat(before.getInt("all.customers")).isZero();
        assertThat(before.getList("byTier")).isEmpty();
    }

    @Test
    void merchantsSeeTheirOwn() {
        clock.shiftTo(NOON);
        var shop = wanderers(Shop.open());
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into score_step (merchant_id, customer_id, dimension, seq, key, rank, previous_rank,
                          since, reason_zh, reason_en, model_version, backfill)
                        values (:m, 1, 'stage', 1000, 'lost', -1, -1, :since, '', '', 1, true)
                        """)
                .bind("m", shop.merchant)
                .bind("since", Instant.parse("2026-01-15T00:00:00Z"))
                .execute());
        var other = Shop.open();
        eventually(() -> assertThat(get(other, "models").getList("items")).hasSize(1));
        var period = "?from=2026-01-10&to=2026-01-20";

        assertThat(get(shop, "reports/losses" + period).getInt("all.customers")).isEqualTo(1);
        assertThat(get(other, "reports/losses" + period).getInt("all.customers"))
                .isZero();
        assertThat(get(other, "reports/paths" + period).getInt("customers")).isZero();
        as(shop, Roles.SUPPORT).get("/v1/reports/paths" + period).then().statusCode(403);
        as(shop, Roles.SUPPORT).get("/v1/reports/losses" + period).then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "paths from",
                "paths?from=2026-01-01&to=2026-04-04 to",
                "losses?from=2026-01-01&to=2027-01-03 to",
                "losses?from=2026-01-01&to=2026-01-01 to",
                "losses?from=2026-01-01&to=later to",
            })
    void whatCannotBeAskedIsRefused(String path, String field) {
        refusesReport(path, field);
    }

    @Test
    void ninetyTwoDaysCanBeAsked() {
        var shop = Shop.open();
        eventually(() -> assertThat(get(shop, "models").getList("items")).hasSize(1));

        as(shop).get("/v1/reports/paths?from=2026-01-01&to=2026-04-03").then().statusCode(200);
    }

    private static EngagementRecorded sent(Shop shop, long customer, long campaign, Instant at) {
        var message = customer + "-" + campaign;
        return new EngagementRecorded(
                shop.merchant, customer, message + ":sent", campaign, campaign, Channel.SMS, "sent", at);
    }

    /// Five in one region, the sixth in another.
    private static CustomerChanged living(Shop shop, long id) {
        var known = TestEvents.customer(shop.merchant, id, 1, Shop.external(id), "Test " + id, Map.of());
        return new CustomerChanged(
                known.merchantId(),
                id,
                1,
                known.externalId(),
                known.createdAt(),
                known.name(),
                null,
                null,
                id == 6 ? "Tibet" : "Hunan",
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                List.of(),
                Map.of(),
                null,
                List.of(),
                Map.of(),
                known.unsubscribeToken(),
                false);
    }

    private long count(Shop shop, String table) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + table + " where merchant_id = :m")
                .bind("m", shop.merchant)
                .mapTo(Long.class)
                .one());
    }

    private static String row(JsonPath report, String name) {
        return text(report.getMap(name));
    }

    private static List<String> rows(JsonPath report, String name) {
        return report.<Map<String, Object>>getList(name).stream()
                .map(PeriodReportsTest::text)
                .toList();
    }

    /// `key customers salesBefore wonBack salesSince`.
    private static String text(Map<String, Object> row) {
        return (Boolean.TRUE.equals(row.get("other")) ? "other" : row.get("key")) + " " + row.get("customers") + " "
                + ((Map<?, ?>) row.get("salesBefore")).get("amount") + " " + row.get("wonBack") + " "
                + ((Map<?, ?>) row.get("salesSince")).get("amount");
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
