package io.regulars.scoring.intake;

import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.CustomerChanged;
import io.regulars.events.EngagementRecorded;
import io.regulars.events.Event;
import io.regulars.events.InteractionRecorded;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.ProductChanged;
import io.regulars.scoring.forecast.Forecasts;
import io.regulars.scoring.forecast.Products;
import io.regulars.scoring.history.Contacts;
import io.regulars.scoring.history.Customers;
import io.regulars.scoring.history.Interactions;
import io.regulars.scoring.history.OrderBook;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.history.Touched;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.recompute.Recomputes;
import io.regulars.scoring.recompute.Traffic;
import io.regulars.scoring.score.Cause;
import io.regulars.scoring.score.Erasures;
import io.regulars.scoring.score.Rescore;

/// Applies batches of events, merchant by merchant.
@ApplicationScoped
class Intake {

    private final Clock clock;
    private final Shops shops;
    private final Models models;
    private final Customers customers;
    private final OrderBook orders;
    private final Interactions interactions;
    private final Contacts contacts;
    private final Products products;
    private final Forecasts forecasts;
    private final Rescore rescore;
    private final Erasures erasures;
    private final Recomputes recomputes;
    private final Traffic traffic;

    Intake(
            Clock clock,
            Shops shops,
            Models models,
            Customers customers,
            OrderBook orders,
            Interactions interactions,
            Contacts contacts,
            Products products,
            Forecasts forecasts,
            Rescore rescore,
            Erasures erasures,
            Recomputes recomputes,
            Traffic traffic) {
        this.clock = clock;
        this.shops = shops;
        this.models = models;
        this.customers = customers;
        this.orders = orders;
        this.interactions = interactions;
        this.contacts = contacts;
        this.products = products;
        this.forecasts = forecasts;
        this.rescore = rescore;
        this.erasures = erasures;
        this.recomputes = recomputes;
        this.traffic = traffic;
    }

    void merchants(List<MerchantChanged> events) {
        byMerchant(events).forEach((merchant, of) -> of.forEach(this::merchant));
    }

    private void merchant(MerchantChanged event) {
        shops.apply(event).ifPresent(change -> {
            if (!change.before().known()) {
                models.ship(event.merchantId(), clock.instant());
                shops.use(event.merchantId(), 1, 0);
            }
            if (change.touchesScores()) {
                recomputes.request(event.merchantId(), Recomputes.Reason.settings, change.touchesHistories());
            }
        });
    }

    void customers(List<CustomerChanged> events) {
        byMerchant(events).forEach((merchant, of) -> {
            var applied = customers.apply(merchant, of);
            erasures.forget(merchant, applied.erased());
            rescore(merchant, applied.touched());
        });
    }

    void orders(List<OrderChanged> events) {
        byMerchant(events).forEach((merchant, of) -> {
            var touched = orders.apply(merchant, of);
            if (touched.customers().isEmpty()) {
                return;
            }
            var shop = shops.hold(merchant);
            if (shop.known()) {
                forecasts.remake(shop, models.active(shop).definition().forecast(), touched.purchases());
            }
            rescore(merchant, touched);
        });
    }

    /// A product that lasts longer or shorter changes the forecasts of all who bought it: as a recompute of
    /// them, whose start waits for the batches of orders under way.
    void products(List<ProductChanged> events) {
        byMerchant(events).forEach((merchant, of) -> {
            var lasting = products.apply(merchant, of);
            if (!lasting.isEmpty()) {
                shops.lock(merchant);
                recomputes.requestForBuyersOf(merchant, lasting);
            }
        });
    }

    void interactions(List<InteractionRecorded> events) {
        byMerchant(events).forEach((merchant, of) -> rescore(merchant, interactions.record(merchant, of)));
    }

    void engagements(List<EngagementRecorded> events) {
        byMerchant(events).forEach((merchant, of) -> {
            contacts.record(merchant, of);
            rescore(merchant, interactions.engage(merchant, of));
        });
    }

    private void rescore(int merchant, Touched touched) {
        traffic.noted();
        rescore.rescore(merchant, touched.customers(), clock.instant(), Cause.events(touched.live()));
    }

    private static <E extends Event> SortedMap<Integer, List<E>> byMerchant(List<E> events) {
        return events.stream().collect(Collectors.groupingBy(Event::merchantId, TreeMap::new, Collectors.toList()));
    }
}
