package io.regulars.scoring.score;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.regulars.events.InteractionRecorded;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import io.regulars.scoring.Words;
import io.regulars.scoring.churn.ChurnRules;
import io.regulars.scoring.forecast.ForecastRules;
import io.regulars.scoring.group.CutPoints;
import io.regulars.scoring.group.GroupRules;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.lifecycle.LifecycleRules;
import io.regulars.scoring.lifecycle.PurchaseCycle;
import io.regulars.scoring.lifetime.BgNbd;
import io.regulars.scoring.model.Calibration;
import io.regulars.scoring.model.Model;
import io.regulars.scoring.model.ModelDefinition;
import io.regulars.scoring.model.WideModels;
import io.regulars.scoring.tier.TierRules;

import static org.assertj.core.api.Assertions.assertThat;

/// A shop made from chance: its zones, its models, its customers' orders.
final class SimulatedShop {

    private static final List<String> PRODUCTS = List.of("milk", "wipes", "POSTAGE");
    private static final List<String> CATEGORIES = List.of("dairy", "bathroom", "服饰");
    private static final List<String> KINDS = List.of(
            "visited",
            "product_reviewed",
            "survey_answered",
            "inquired",
            "product_favourited",
            "campaign_joined",
            "products_searched");
    private static final List<Long> PRICES = List.of(0L, 1L, 9_99L, 60_00L, 400_00L, 2_000_00L);
    private static final List<String> ZONES = List.of(
            "Asia/Shanghai",
            "America/New_York",
            "America/Sao_Paulo",
            "America/Havana",
            "America/Santiago",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Asia/Beirut",
            "Asia/Gaza",
            "Atlantic/Azores",
            "Australia/Lord_Howe",
            "Antarctica/Troll",
            "Pacific/Auckland",
            "UTC");

    private final Chance chance;
    private final TreeMap<Long, OrderChanged> newest = new TreeMap<>();
    private final List<InteractionRecorded> facts = new ArrayList<>();
    private int models;

    SimulatedShop(Chance chance) {
        this.chance = chance;
    }

    Shop shop() {
        return new Shop(1, 1, zone(), "EUR", "en-GB", Set.of("POSTAGE"), 1, 1, 1);
    }

    Shop moved(Shop shop) {
        return new Shop(1, shop.version() + 1, zone(), "EUR", "en-GB", shop.nonProductCodes(), 1, 1, 1);
    }

    private ZoneId zone() {
        return ZoneId.of(chance.of(ZONES));
    }

    /// The orders as they stand, whatever of them was told.
    Collection<OrderChanged> newest() {
        return newest.values();
    }

    /// An order is placed, or one of those that were is changed.
    OrderChanged order(Instant now, int customers) {
        if (newest.isEmpty() || chance.once(0.5)) {
            var ago =
                    chance.once(0.8) ? Duration.ofMillis(chance.below(3_600_000)) : Duration.ofDays(chance.below(500));
            return changed(newest.size() + 1L, 1, 1L + chance.below(customers), now.minus(ago));
        }
        var before = chance.of(List.copyOf(newest.values()));
        var customer = chance.once(0.05) ? 1L + chance.below(customers) : before.customerId();
        var at = chance.once(0.05) ? before.orderedAt().plusSeconds(chance.below(200_000)) : before.orderedAt();
        return changed(before.orderId(), before.version() + 1, customer, at);
    }

    private OrderChanged changed(long id, long version, long customer, Instant at) {
        var status = version == 1
                ? chance.of(List.of(Status.CREATED, Status.PAID, Status.PAID))
                : chance.of(List.of(Status.values()));
        var lines = IntStream.rangeClosed(1, 1 + chance.below(2))
                .mapToObj(this::line)
                .toList();
        var order = new OrderChanged(
                1,
                id,
                version,
                "o" + id,
                customer,
                status,
                at,
                "EUR",
                null,
                chance.once(0.1),
                lines,
                List.of(),
                chance.once(0.1));
        newest.put(id, order);
        return order;
    }

    private OrderChanged.Line line(int no) {
        var quantity = 1 + chance.below(3);
        var kept = chance.once(0.8) ? quantity : chance.below(quantity + 1);
        var price = chance.of(PRICES);
        return new OrderChanged.Line(
                no,
                chance.of(PRODUCTS),
                "thing",
                chance.once(0.8) ? chance.of(CATEGORIES) : null,
                quantity,
                quantity * price,
                kept,
                kept * price);
    }

    /// All that customers did besides ordering, whatever of it was told.
    Collection<InteractionRecorded> facts() {
        return facts;
    }

    InteractionRecorded fact(Instant now, int customers) {
        var kind = chance.of(KINDS);
        var rating = switch (kind) {
            case "product_reviewed" -> chance.once(0.9) ? (Integer) (1 + chance.below(5)) : null;
            case "survey_answered" -> chance.once(0.9) ? (Integer) chance.below(101) : null;
            default -> null;
        };
        var ago = chance.once(0.8) ? Duration.ofMillis(chance.below(3_600_000)) : Duration.ofDays(chance.below(500));
        var id = facts.size() + 1L;
        var fact = new InteractionRecorded(
                1,
                1L + chance.below(customers),
                id,
                "i" + id,
                kind,
                now.minus(ago),
                rating,
                null,
                Map.of(),
                chance.once(0.1));
        facts.add(fact);
        return fact;
    }

    /// A valid model with what it would have learned.
    Model model(Shop shop) {
        models++;
        if (chance.once(0.5)) {
            var seed = chance.between(Long.MIN_VALUE, Long.MAX_VALUE - 1);
            var wide = WideModels.model(seed, models, shop.zone(), lifecycle(), churn());
            assertThat(wide.definition().violations()).isEmpty();
            return wide.knowing(lifetime());
        }
        var definition = new ModelDefinition(
                chance.once(0.3) ? TierRules.shipped() : tiers(),
                new GroupRules(GroupRules.Split.mean, chance.once(0.5) ? null : window(), null, null),
                lifecycle(),
                ForecastRules.shipped(),
                null,
                churn());
        assertThat(definition.violations()).isEmpty();
        var cutPoints = chance.once(0.1)
                ? null
                : new CutPoints(chance.below(120) / 2.0, chance.below(8) / 2.0, chance.below(100_000));
        var cycle = chance.once(0.2) ? null : (Double) (1 + chance.below(60) / 2.0);
        var learned = new Calibration(models, cutPoints, new PurchaseCycle(cycle, cycle, 10, 10));
        return new Model(models, definition, learned, shop.zone(), shop.fractionDigits()).knowing(lifetime());
    }

    static Model in(Shop shop, Model model) {
        return new Model(model.version(), model.definition(), model.calibration(), shop.zone(), shop.fractionDigits())
                .knowing(model.lifetime());
    }

    private LifecycleRules lifecycle() {
        return new LifecycleRules(
                chance.of(List.of(Period.ofMonths(3), Period.ofDays(1 + chance.below(60)))),
                1 + chance.below(40),
                chance.below(3),
                1.5 + chance.below(3),
                LifecycleRules.CycleBasis.customers,
                null,
                Period.ofDays(1 + chance.below(60)),
                1.5 + chance.below(3));
    }

    private ChurnRules churn() {
        return new ChurnRules(
                1 + chance.below(60),
                chance.below(3),
                1 + chance.below(2),
                chance.below(100) / 100.0,
                chance.below(100) / 100.0,
                chance.below(100) / 100.0);
    }

    private BgNbd lifetime() {
        return chance.once(0.2)
                ? null
                : new BgNbd(
                        (1 + chance.below(20)) / 10.0,
                        1 + chance.below(20),
                        (1 + chance.below(20)) / 10.0,
                        (1 + chance.below(40)) / 10.0);
    }

    private Period window() {
        return chance.of(List.of(
                Period.ofDays(1), Period.ofDays(30), Period.ofMonths(1), Period.ofMonths(6), Period.ofYears(1)));
    }

    private TierRules tiers() {
        var days = 1 + chance.below(20);
        var gold = 1 + chance.below(12);
        var ladder = new ArrayList<>(List.of(tier("base", 0), tier("gold", gold)));
        if (chance.once(0.5)) {
            ladder.add(tier("platinum", gold + 1 + chance.below(12)));
        }
        return new TierRules(
                window(),
                new TierRules.Recency(
                        1,
                        List.of(new TierRules.AtMost(days, 10), new TierRules.AtMost(days + 1 + chance.below(60), 4))),
                new TierRules.Amounts(1, List.of(from("1", 5), from("3", 10))),
                new TierRules.Amounts(1, List.of(from("0.01", 2), from("100", 10))),
                ladder,
                chance.of(List.of(Period.ZERO, Period.ofDays(1), Period.ofDays(30), Period.ofMonths(1))));
    }

    private static TierRules.Tier tier(String key, int from) {
        return new TierRules.Tier(
                key, Words.of(key, key), from, new TierRules.Benefits(null, BigDecimal.ONE, false, false));
    }

    private static TierRules.AtLeast from(String atLeast, int points) {
        return new TierRules.AtLeast(new BigDecimal(atLeast), points);
    }
}
