package io.regulars.scoring.outlook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.kit.id.PublicId;
import io.regulars.kit.money.Money;
import io.regulars.scoring.Words;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.lifecycle.Stage;
import io.regulars.scoring.lifetime.BuyingPattern;
import io.regulars.scoring.lifetime.Fitted;
import io.regulars.scoring.model.Models;

/// What a customer will buy: by the shop's fit; by its cycle while it has none.
@ApplicationScoped
class Lifetimes {

    private static final int FARTHEST_DAYS = 3_653;

    private final Fits fits;
    private final Models models;

    Lifetimes(Fits fits, Models models) {
        this.fits = fits;
        this.models = models;
    }

    LifetimeView of(Shop shop, PurchaseHistory history, int horizonDays, Instant now) {
        int today = shop.day(now);
        var pattern = BuyingPattern.of(history, today);
        if (pattern == null) {
            return nothing(Words.of("尚未购买", "Has not bought yet"), horizonDays);
        }
        return fits.used(shop.merchantId())
                .map(fit -> byFit(shop, fit, history, pattern, horizonDays, today))
                .orElseGet(() -> byCycle(shop, history, horizonDays, now));
    }

    private static LifetimeView byFit(
            Shop shop, Fit fit, PurchaseHistory history, BuyingPattern pattern, int horizonDays, int today) {
        var model = fit.fitted().purchases().model();
        double orders = model.purchases(pattern, horizonDays);
        double value = orderValue(shop, fit.fitted(), history, pattern, today);
        double next = model.medianDaysToNext(pattern);
        return new LifetimeView(
                fit.basis(),
                rests(fit),
                PublicId.format(FitView.PREFIX, fit.id()),
                horizonDays,
                decimals(model.alive(pattern)),
                decimals(orders),
                money(shop, value),
                money(shop, orders * value),
                next > FARTHEST_DAYS ? null : LocalDate.ofEpochDay(today + (long) Math.ceil(next)));
    }

    private static Words rests(Fit fit) {
        long buyers = fit.fitted().buyers();
        long repeat = fit.fitted().repeatBuyers();
        return fit.basis().equals("shop")
                ? Words.of(
                        "基于本店%,d位买家（其中%,d位回购）的购买模型".formatted(buyers, repeat),
                        "Fitted on this shop's %,d buyers, %,d of whom bought again".formatted(buyers, repeat))
                : Words.of(
                        "本店买家尚少（%,d位），暂用同币种其他店铺的中位模型".formatted(buyers),
                        "Of %,d buyers, too few to fit: by the middle of other shops with the same currency"
                                .formatted(buyers));
    }

    /// Where spending could not be fitted, what the customer has spent on average.
    private static double orderValue(
            Shop shop, Fitted fitted, PurchaseHistory history, BuyingPattern pattern, int today) {
        double units = Math.pow(10, shop.fractionDigits());
        int known = history.known(today);
        if (fitted.spending() != null) {
            double spent = BuyingPattern.spentOnRepeats(history, known) / units;
            // who spent nothing on repeats was left out of the fit, and is worth what a new customer is
            double mean = fitted.spending().model().mean(spent > 0 ? pattern.repeats() : 0, spent);
            if (Double.isFinite(mean)) {
                return mean;
            }
        }
        return ownMean(history, known) / units;
    }

    private static double ownMean(PurchaseHistory history, int known) {
        long spent = 0;
        for (int i = 0; i < known; i++) {
            spent += history.amounts()[i];
        }
        return (double) spent / known;
    }

    private LifetimeView byCycle(Shop shop, PurchaseHistory history, int horizonDays, Instant now) {
        var model = models.active(shop);
        var cycle = model.calibration().cycle().days(model.definition().lifecycle());
        int today = shop.day(now);
        if (cycle == null) {
            return nothing(Words.of("本店尚无回购", "Nobody has bought again in this shop yet"), horizonDays);
        }
        int known = history.known(today);
        boolean lost = model.lifecycle().stage(history, today) == Stage.LOST;
        double orders = lost ? 0 : horizonDays / cycle;
        double value = ownMean(history, known) / Math.pow(10, shop.fractionDigits());
        long next = Math.max(today, history.days()[known - 1] + (long) Math.ceil(cycle));
        return new LifetimeView(
                "cycle",
                Words.of(
                        "买家尚少，按本店%.0f天的购买周期".formatted(cycle),
                        "By the shop's cycle of %.0f days; too few buyers yet to fit a model".formatted(cycle)),
                null,
                horizonDays,
                null,
                decimals(orders),
                money(shop, value),
                money(shop, orders * value),
                lost ? null : LocalDate.ofEpochDay(next));
    }

    private static LifetimeView nothing(Words why, int horizonDays) {
        return new LifetimeView("none", why, null, horizonDays, null, null, null, null, null);
    }

    private static BigDecimal decimals(double value) {
        return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP);
    }

    private static Money money(Shop shop, double units) {
        return Money.ofMinor(
                BigDecimal.valueOf(units)
                        .movePointRight(shop.fractionDigits())
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact(),
                shop.currency());
    }
}
