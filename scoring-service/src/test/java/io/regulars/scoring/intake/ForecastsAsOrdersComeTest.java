package io.regulars.scoring.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Line;
import io.regulars.events.OrderChanged.Status;
import io.regulars.events.ProductChanged;
import io.regulars.scoring.forecast.Cycle.Basis;
import io.regulars.scoring.forecast.Forecast;
import io.regulars.scoring.forecast.ForecastRules;
import io.regulars.scoring.forecast.Forecasts;
import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Shops;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Orders that come late, twice, out of turn, and are given back: after each batch the forecasts that are kept
/// are those that all orders until then give from scratch.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ForecastsAsOrdersComeTest {

    private static final Instant FIRST = Instant.parse("2024-01-01T02:00:00Z");
    private static final Instant FOREVER = Instant.parse("2100-01-01T00:00:00Z");
    private static final int CUSTOMERS = 5;
    private static final int ORDERS = 120;

    /// Of `oil` the merchant says how long it lasts, of `tea` the shop has learned it, of `soap` its category;
    /// `pen` is bought often and `book`, `lamp` and `cup` seldom; `POST` is no product.
    private static final List<String> CODES =
            List.of("oil", "oil", "tea", "tea", "soap", "soap", "pen", "pen", "pen", "book", "lamp", "cup", "POST");

    @Inject
    Intake intake;

    @Inject
    Forecasts forecasts;

    @Inject
    Histories histories;

    @Inject
    Shops shops;

    @Inject
    Jdbi jdbi;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theyEqualThoseMadeFromScratch(int seed) {
        var merchant = 970_000 + seed;
        var random = new Random(seed);
        open(merchant);
        var bases = EnumSet.noneOf(Basis.class);

        var events = events(merchant, random);
        for (var from = 0; from < events.size(); ) {
            var until = Math.min(events.size(), from + 1 + random.nextInt(6));
            var batch = newestOfEach(events.subList(from, until));
            apply(() -> intake.orders(batch));
            from = until;

            var kept = kept(merchant);
            assertThat(kept).as("after %d events", from).isEqualTo(fromScratch(merchant));
            kept.values().forEach(of -> of.forEach(forecast -> bases.add(forecast.basis())));
        }

        var byEvents = kept(merchant);
        apply(() -> forecasts.remakeAll(shops.hold(merchant), ForecastRules.shipped(), customers()));
        assertThat(kept(merchant)).isEqualTo(byEvents);
        assertThat(bases).as("what was seen").containsExactlyInAnyOrder(Basis.values());
    }

    /// A shop that is not calibrated meanwhile: its cycles stay as they are here.
    private void open(int merchant) {
        apply(() -> jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into calibration_state (merchant_id, calibrated_at, due_at, buyers, orders)
                    values (?, now(), 'infinity', 1000000, 1000000)
                    """, merchant);
            handle.execute("""
                    insert into learned_cycle (merchant_id, kind, key, days, customers, intervals, from_days, to_days)
                    values (?, 'product', 'tea', 28, 40, 90, 25, 31), (?, 'category', 'care', 45, 12, 20, 30, 60)
                    """, merchant, merchant);
        }));
        apply(() -> intake.merchants(
                List.of(new MerchantChanged(merchant, 1, "Shop", "Asia/Shanghai", "CNY", "zh-CN", List.of("POST")))));
        apply(() ->
                intake.products(List.of(new ProductChanged(merchant, 1, "oil", "Oil", "food", null, 20.0, List.of()))));
    }

    /// Every order once or twice, the second time given back, under another customer or as it was, all in any
    /// turn.
    private static List<OrderChanged> events(int merchant, Random random) {
        var events = new ArrayList<OrderChanged>();
        for (var id = 1L; id <= ORDERS; id++) {
            var first = order(merchant, id, 1, random);
            events.add(first);
            switch (random.nextInt(5)) {
                case 0 -> events.add(first);
                case 1 -> events.add(order(merchant, id, 2, random));
                case 2 ->
                    events.add(new OrderChanged(
                            merchant,
                            id,
                            2,
                            first.externalId(),
                            first.customerId(),
                            Status.CANCELLED,
                            first.orderedAt(),
                            "CNY",
                            null,
                            false,
                            first.lines(),
                            List.of(),
                            true));
                default -> {}
            }
        }
        Collections.shuffle(events, random);
        return events;
    }

    private static OrderChanged order(int merchant, long id, long version, Random random) {
        var lines = new ArrayList<Line>();
        for (var i = 0; i <= random.nextInt(2); i++) {
            var code = CODES.get(random.nextInt(CODES.size()));
            var quantity = 1 + random.nextInt(3);
            lines.add(new Line(i + 1, code, code, code.equals("soap") ? "care" : null, quantity, 100, quantity, 100));
        }
        return new OrderChanged(
                merchant,
                id,
                version,
                "o" + id,
                1 + random.nextInt(CUSTOMERS),
                Status.PAID,
                FIRST.plus(Duration.ofHours(random.nextInt(500 * 24))),
                "CNY",
                null,
                false,
                lines,
                List.of(),
                true);
    }

    private static List<OrderChanged> newestOfEach(List<OrderChanged> events) {
        var newest = new HashMap<Long, OrderChanged>();
        events.forEach(event ->
                newest.merge(event.orderId(), event, (one, other) -> one.version() > other.version() ? one : other));
        return List.copyOf(newest.values());
    }

    private Map<Long, Set<Forecast>> kept(int merchant) {
        var kept = new HashMap<Long, Set<Forecast>>();
        forecasts
                .of(shops.find(merchant).orElseThrow(), ForecastRules.shipped(), histories(merchant))
                .forEach((customer, of) -> kept.put(customer, Set.copyOf(of)));
        return kept;
    }

    private Map<Long, Set<Forecast>> fromScratch(int merchant) {
        var shop = shops.find(merchant).orElseThrow();
        var scratch = new HashMap<Long, Set<Forecast>>();
        for (var history : histories(merchant)) {
            var of = forecasts.asOf(shop, history, ForecastRules.shipped(), FOREVER);
            if (!of.isEmpty()) {
                scratch.put(history.customerId(), Set.copyOf(of));
            }
        }
        return scratch;
    }

    private List<PurchaseHistory> histories(int merchant) {
        return customers().stream()
                .map(customer -> histories.of(merchant, customer))
                .toList();
    }

    private static List<Long> customers() {
        return LongStream.rangeClosed(1, CUSTOMERS).boxed().toList();
    }

    private static void apply(Runnable write) {
        QuarkusTransaction.requiringNew().run(write);
    }
}
