package io.regulars.scoring.score;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.kit.money.Money;
import io.regulars.scoring.dimension.Dimension;
import io.regulars.scoring.forecast.ForecastView;
import io.regulars.scoring.forecast.Forecasts;
import io.regulars.scoring.history.Customers;
import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.Interactions;
import io.regulars.scoring.history.Pin;
import io.regulars.scoring.history.Pins;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.model.Learning;
import io.regulars.scoring.model.Model;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.model.Reasons;
import io.regulars.scoring.model.Scorecard;
import io.regulars.scoring.tier.TierDimensions;

/// Scores one customer for reading, now or as of another instant, and says why. Writes nothing.
@ApplicationScoped
class Explain {

    private final Histories histories;
    private final Customers customers;
    private final Forecasts forecasts;
    private final Models models;
    private final Learning learning;
    private final Pins pins;
    private final Interactions interactions;

    Explain(
            Histories histories,
            Customers customers,
            Forecasts forecasts,
            Models models,
            Learning learning,
            Pins pins,
            Interactions interactions) {
        this.histories = histories;
        this.customers = customers;
        this.forecasts = forecasts;
        this.models = models;
        this.learning = learning;
        this.pins = pins;
        this.interactions = interactions;
    }

    Explanation now(Shop shop, long customer, Instant now) {
        var history = histories.of(shop.merchantId(), customer);
        var model = models.active(shop);
        var known = forecasts
                .of(shop, model.definition().forecast(), List.of(history))
                .getOrDefault(customer, List.of());
        return explain(shop, model, history, model.score(history, known, pin(shop, customer), now));
    }

    /// With the cut-points and cycle that the shop had then, from the orders as they stand now, and by the fit that
    /// was in use.
    Explanation asOf(Shop shop, long customer, Instant at) {
        var active = models.active(shop);
        var model = learning.learn(shop, active.version(), active.definition(), shop.calibrationNo(), at)
                .model()
                .knowing(models.lifetimeAt(shop, at));
        var history = histories.of(shop.merchantId(), customer);
        var known = forecasts.asOf(shop, history, model.definition().forecast(), at);
        return explain(shop, model, history, model.score(history, known, pin(shop, customer), at));
    }

    private Pin pin(Shop shop, long customer) {
        return pins.of(shop.merchantId(), customer).orElse(null);
    }

    private Explanation explain(Shop shop, Model model, PurchaseHistory history, Scorecard card) {
        var customer = history.customerId();
        var reasons = new Reasons(model, shop);
        return new Explanation(
                Customers.publicId(customer),
                customers.externalId(shop.merchantId(), customer).orElse(null),
                card.at(),
                model.version(),
                tier(model, card, reasons),
                dimensions(shop, card),
                next(shop, model, card, history, reasons),
                group(shop, model, card, customer, reasons),
                card.classes(),
                stage(model, card, reasons, history),
                card.frequency(),
                Money.ofMinor(card.monetary(), shop.currency()),
                card.lastOrderDay(),
                card.openWindows().stream()
                        .map(forecast -> ForecastView.from(forecast, card.at()))
                        .toList(),
                interactions.counts(shop.merchantId(), customer),
                card.churn() == null ? null : churn(model, card, reasons, history),
                card.nextReviewAt());
    }

    private static Explanation.StagePart stage(Model model, Scorecard card, Reasons reasons, PurchaseHistory history) {
        var lifecycle = model.lifecycle();
        var since = lifecycle.since(history, card.day());
        return new Explanation.StagePart(
                card.stage().key(),
                card.stage().label(),
                lifecycle.sleepAfterDays(),
                lifecycle.lostAfterDays(),
                lifecycle.longLostAfterDays(),
                card.loss() == null ? null : card.loss().key(),
                since == null ? null : model.startOf(since),
                reasons.stage(card, history));
    }

    private static Explanation.ChurnPart churn(Model model, Scorecard card, Reasons reasons, PurchaseHistory history) {
        return new Explanation.ChurnPart(
                card.churn().signs(), model.startOf(card.churn().since()), reasons.churn(card, history));
    }

    private static Explanation.TierPart tier(Model model, Scorecard card, Reasons reasons) {
        var standing = card.tier();
        var tier = model.scale().ladder().get(standing.rank());
        return new Explanation.TierPart(
                tier.key(),
                tier.labels(),
                standing.rank(),
                StandingDays.start(model, standing.since()),
                standing.points().total(),
                model.scale().ladder().get(standing.earned()).key(),
                StandingDays.start(model, standing.fallsOn()),
                tier.benefits(),
                Explanation.PinPart.from(card.pin()),
                reasons.tier(card));
    }

    private static List<Explanation.Dimension> dimensions(Shop shop, Scorecard card) {
        return card.tier().points().of().stream()
                .map(one -> new Explanation.Dimension(
                        one.name(), value(one, shop), one.points(), one.weight(), Double.isNaN(one.value())))
                .toList();
    }

    private static BigDecimal value(Dimension.Scored one, Shop shop) {
        if (Double.isNaN(one.value())) {
            return null;
        }
        var digits = TierDimensions.isMoney(one.name()) ? shop.fractionDigits() : 0;
        return BigDecimal.valueOf(one.value())
                .movePointLeft(digits)
                .setScale(Math.max(digits, 4), RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .setScale(digits, RoundingMode.HALF_UP);
    }

    private static Explanation.NextPart next(
            Shop shop, Model model, Scorecard card, PurchaseHistory history, Reasons reasons) {
        var next = model.next(card, history);
        if (next == null) {
            return null;
        }
        var tier = model.scale().ladder().get(next.rank());
        var ways = next.ways().stream()
                .map(way -> new Explanation.WayPart(
                        way.orders(),
                        Money.ofMinor(way.amount(), shop.currency()),
                        StandingDays.start(model, way.before()),
                        reasons.way(next, way, card.day())))
                .toList();
        return new Explanation.NextPart(tier.key(), tier.labels(), next.points(), ways);
    }

    private static Explanation.GroupPart group(Shop shop, Model model, Scorecard card, long customer, Reasons reasons) {
        var rfm = card.rfm();
        return new Explanation.GroupPart(
                card.group(),
                card.group() == null ? null : model.groups().label(card.group()),
                rfm == null ? null : rfm.recencyDays(),
                rfm == null ? null : rfm.frequency(),
                rfm == null ? null : Money.ofMinor(rfm.monetary(), shop.currency()),
                Explanation.CutPointPart.from(model.groups().cutPoints(), shop.fractionDigits()),
                model.groups().scores(rfm, customer),
                reasons.group(card, customer));
    }
}
