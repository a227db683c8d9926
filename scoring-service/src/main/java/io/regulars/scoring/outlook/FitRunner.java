package io.regulars.scoring.outlook;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.lifetime.FitFailed;
import io.regulars.scoring.lifetime.FitSample;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.outlook.Fits.Claimed;
import io.regulars.scoring.outlook.Fits.Prior;
import io.regulars.scoring.recompute.Recomputes;
import org.jboss.logging.Logger;

/// Works off the fits that were asked for, one by one, each looked at from its first row to its last in one
/// transaction,
/// which holds its lock: what a replica leaves when it dies, another begins anew.
@ApplicationScoped
class FitRunner {

    private static final Logger LOG = Logger.getLogger(FitRunner.class);
    private static final int MOST_ATTEMPTS = 5;

    private final Fits fits;
    private final Shops shops;
    private final Histories histories;
    private final Models models;
    private final Recomputes recomputes;
    private final Clock clock;

    FitRunner(Fits fits, Shops shops, Histories histories, Models models, Recomputes recomputes, Clock clock) {
        this.fits = fits;
        this.shops = shops;
        this.histories = histories;
        this.models = models;
        this.recomputes = recomputes;
        this.clock = clock;
    }

    @Scheduled(
            identity = "lifetime-fits",
            every = "{regulars.scoring.fits.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void work() {
        for (var next = start(); next.isPresent(); next = start()) {
            var fit = next.get();
            if (fit.attempts() < MOST_ATTEMPTS) {
                QuarkusTransaction.requiringNew()
                        .timeout(600)
                        .run(() -> fits.hold(fit).ifPresent(this::fit));
            }
        }
    }

    /// Shows that one has begun, before the long transaction that does it.
    private Optional<Claimed> start() {
        return QuarkusTransaction.requiringNew().call(() -> {
            var next = fits.claim();
            next.ifPresent(this::begin);
            return next;
        });
    }

    private void begin(Claimed fit) {
        if (fit.attempts() < MOST_ATTEMPTS) {
            fits.started(fit);
        } else {
            fits.failed(fit, "it broke off %d times; see the log".formatted(fit.attempts()));
        }
    }

    private void fit(Claimed claimed) {
        var shop = shops.find(claimed.merchant()).filter(Shop::known);
        if (shop.isEmpty()) {
            fits.failed(claimed, "the shop is not known to scoring yet");
            return;
        }
        var now = clock.instant();
        var at = claimed.asOf() == null ? now : claimed.asOf();
        try {
            fit(claimed, shop.get(), at, now);
        } catch (FitFailed e) {
            LOG.infof("no fit: merchant=%d fit=%d: %s", claimed.merchant(), claimed.fit(), e.getMessage());
            fits.failed(claimed, e.getMessage());
        }
        fits.prune(claimed.merchant());
    }

    private void fit(Claimed claimed, Shop shop, Instant at, Instant now) {
        var sample = new FitSample(shop.day(at), shop.day(now), shop.fractionDigits());
        histories.all(shop.merchantId(), present -> sample.add(present.history()));
        var prior = sample.enough() ? Optional.<Prior>empty() : fits.prior(shop.merchantId(), shop.currency());
        if (prior.isPresent()) {
            var under = sample.under(prior.get().purchases(), prior.get().spending());
            fits.done(claimed, "shops", at, under);
        } else {
            fits.done(claimed, "shop", at, sample.fit());
        }
        if (claimed.asOf() == null) {
            use(claimed);
        }
    }

    /// Who is probably gone is judged by it from now on; those whom no event touches learn of it by the recompute.
    private void use(Claimed fit) {
        var shop = shops.lock(fit.merchant());
        shops.useFit(fit.merchant(), fit.fit());
        if (models.active(shop).definition().churn().aliveBelow() > 0) {
            recomputes.request(fit.merchant(), Recomputes.Reason.calibration, false);
        }
    }
}
