package io.regulars.scoring.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Line;
import io.regulars.events.OrderChanged.Status;
import io.regulars.events.ScoreChanged;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class EventsBecomeScoresTest extends EdgeTest {

    @Test
    void anOrderLiftsItsCustomerAndIsPublishedOnce() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        eventually(() -> assertThat(score(shop, 1).getString("stage.key")).isEqualTo("prospect"));
        eventually(() -> assertThat(published(shop, 1)).isNotEmpty());
        var order = shop.order(10, 1).at(NOON).line("A", 1, 12_000_00);

        order.arrives();

        eventually(() -> assertThat(score(shop, 1).getString("tier.key")).isEqualTo("senior"));
        eventually(() -> assertThat(lastPublished(shop, 1).tier().key()).isEqualTo("senior"));
        order.arrives();
        order.arrives();
        shop.order(11, 2).at(NOON).line("A", 1, 1_00).arrives();
        eventually(() -> assertThat(published(shop, 2)).isNotEmpty());
        var step = lastPublished(shop, 1).tier();
        assertThat(step.seq()).isEqualTo(2);
        assertThat(step.previous()).isEqualTo("new");
        assertThat(step.previousRank()).isZero();
        assertThat(step.rank()).isEqualTo(2);
        assertThat(step.reason()).contains("12000.00 CNY");
        assertThat(lastPublished(shop, 1).backfill()).isFalse();
        assertThat(published(shop, 1).stream().map(event -> event.tier().seq())).isSubsetOf(1L, 2L);
        assertThat(published(shop, 1).stream().map(ScoreChanged::version)).doesNotHaveDuplicates();
    }

    @Test
    void explainsEachDimensionAndWhatTheNextTierTakes() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        shop.order(10, 1).at(NOON).line("A", 1, 199_00).arrives();

        eventually(() -> assertThat(score(shop, 1).getInt("frequency")).isEqualTo(1));

        var score = score(shop, 1);
        assertThat(score.getList("dimensions.name")).containsExactly("recency", "frequency", "monetary");
        assertThat(score.getString("monetary.amount")).isEqualTo("199.00");
        assertThat(score.getString("next.tier")).isEqualTo("ordinary");
        assertThat(score.getInt("next.points")).isEqualTo(8);
        assertThat(score.getString("next.ways[0].reason.zh")).isEqualTo("2027年2月1日前再下 1 单，升为普通");
        assertThat(score.getString("nextReviewAt")).isNotNull();
    }

    @Test
    void aRefundTakesBackWhatTheOrderGave() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        var order = shop.order(10, 1).at(NOON).line("A", 1, 12_000_00);
        order.arrives();
        eventually(() -> assertThat(score(shop, 1).getString("tier.key")).isEqualTo("senior"));

        order.version(2).status(Status.REFUNDED).arrives();

        eventually(() -> assertThat(score(shop, 1).getString("tier.key")).isEqualTo("new"));
        assertThat(score(shop, 1).getString("stage.key")).isEqualTo("prospect");
        order.version(1).status(Status.PAID).arrives();
        shop.order(11, 2).at(NOON).line("A", 1, 1_00).arrives();
        eventually(() -> assertThat(published(shop, 2)).isNotEmpty());
        assertThat(score(shop, 1).getString("monetary.amount")).isEqualTo("0.00");
    }

    @Test
    void loadedHistoryIsToldAsSuch() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        eventually(() -> assertThat(published(shop, 1)).isNotEmpty());

        shop.order(10, 1).at(NOON).line("A", 1, 12_000_00).backfill().arrives();

        eventually(() -> assertThat(lastPublished(shop, 1).tier().key()).isEqualTo("senior"));
        assertThat(lastPublished(shop, 1).backfill()).isTrue();
        assertThat(lastPublished(shop, 1).tier().backfill()).isTrue();
    }

    /// The customer is new and live; what was loaded of them afterwards is not.
    @Test
    void loadedHistoryIsToldAsSuchAlsoByTheRecomputeThatFollows() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.product("wipes", 1, 20.0);
        shop.customer(1);
        eventually(() -> assertThat(published(shop, 1)).isNotEmpty());

        shop.order(10, 1)
                .at(NOON.minus(Duration.ofDays(16)))
                .line("wipes", 1, 50_00)
                .backfill()
                .arrives();

        // the first buyer calibrates the shop, and that recompute gives the group
        eventually(() -> assertThat(lastPublished(shop, 1).group()).isNotNull());
        assertThat(lastPublished(shop, 1).openWindows()).hasSize(1);
        assertThat(lastPublished(shop, 1).backfill()).isTrue();
    }

    @Test
    void anOrderMayComeBeforeItsCustomerAndItsMerchant() {
        clock.shiftTo(NOON);
        var shop = new Shop();
        shop.order(10, 1)
                .at(Instant.parse("2026-01-31T17:00:00Z"))
                .line("A", 1, 50_00)
                .line("POST", 1, 9_00)
                .arrives();
        shop.customer(1);

        shop.settings(1, "POST");

        eventually(() -> assertThat(lastPublished(shop, 1).monetary()).isEqualTo(50_00));
        var event = lastPublished(shop, 1);
        assertThat(event.lastOrderDay()).isEqualTo("2026-02-01");
        assertThat(event.backfill()).isFalse();
    }

    @Test
    void anOrderOfNothingButPostageIsNoPurchaseAndSettingsMayChange() {
        clock.shiftTo(NOON);
        var shop = new Shop();
        shop.settings(1, "POST");
        shop.customer(1);
        shop.order(10, 1).at(NOON).line("POST", 1, 9_00).arrives();
        shop.order(11, 1).at(NOON).line("A", 1, 0).line("POST", 1, 9_00).arrives();
        eventually(() -> assertThat(score(shop, 1).getInt("frequency")).isEqualTo(1));
        assertThat(score(shop, 1).getString("monetary.amount")).isEqualTo("0.00");

        clock.shift(Duration.ofHours(1));
        shop.settings(2);

        eventually(() -> assertThat(score(shop, 1).getInt("frequency")).isEqualTo(2));
        assertThat(score(shop, 1).getString("monetary.amount")).isEqualTo("18.00");
        eventually(() -> assertThat(lastPublished(shop, 1).backfill()).isTrue());
    }

    @Test
    void anOrderThatMovesToAnotherCustomerLeavesTheFirst() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.order(10, 1).at(NOON).line("A", 1, 50_00).arrives();
        eventually(() -> assertThat(lastPublished(shop, 1).frequency()).isEqualTo(1));

        shop.order(10, 2).at(NOON).version(2).line("A", 1, 50_00).arrives();

        eventually(() -> assertThat(lastPublished(shop, 2).frequency()).isEqualTo(1));
        eventually(() -> assertThat(lastPublished(shop, 1).frequency()).isZero());
    }

    @Test
    void theOrderOfEventsDoesNotMatter() {
        clock.shiftTo(NOON);
        var events = story(new Random(7));
        var shops = List.of(Shop.open(), Shop.open());
        for (var shop : shops) {
            withFixedCutPoints(shop);
            shop.customer(1);
            shop.customer(2);
        }

        events.forEach(event -> publish(shops.get(0), event));
        var shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, 10));
        Collections.shuffle(shuffled, new Random(8));
        shuffled.forEach(event -> publish(shops.get(1), event));

        for (var customer : List.of(1L, 2L)) {
            eventually(() -> assertThat(facts(shops.get(1), customer)).isEqualTo(facts(shops.get(0), customer)));
        }
        assertThat(facts(shops.get(0), 1L).getFirst()).isNotEqualTo("0");
    }

    private static List<String> facts(Shop shop, long customer) {
        var score = score(shop, customer);
        return List.of(
                score.getString("frequency"),
                score.getString("monetary.amount"),
                score.getString("tier.key"),
                score.getString("tier.points"),
                score.getString("stage.key"),
                score.getString("lastOrderDay"));
    }

    private static void publish(Shop shop, OrderChanged event) {
        TestTopics.publish(new OrderChanged(
                shop.merchant,
                event.orderId(),
                event.version(),
                event.externalId(),
                event.customerId(),
                event.status(),
                event.orderedAt(),
                event.currency(),
                null,
                event.bigPromotion(),
                event.lines(),
                List.of(),
                false));
    }

    /// Twelve orders of two customers, each with up to three versions.
    private static List<OrderChanged> story(Random random) {
        var events = new ArrayList<OrderChanged>();
        for (var id = 1; id <= 12; id++) {
            var at = NOON.minusSeconds(86_400L * random.nextInt(200));
            for (var version = 1; version <= 1 + random.nextInt(3); version++) {
                var kept = version == 3 ? 0 : 1;
                var amount = random.nextInt(3_000_00);
                var line = new Line(1, "A", "Product A", "care", 1, amount, kept, kept * (long) amount);
                events.add(new OrderChanged(
                        0,
                        id,
                        version,
                        "o" + id,
                        1 + id % 2,
                        Status.PAID,
                        at,
                        "CNY",
                        null,
                        false,
                        List.of(line),
                        List.of(),
                        false));
            }
        }
        return events;
    }
}
