package io.regulars.scoring.calibration;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.regulars.scoring.forecast.Products;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.Learning;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.outlook.Fits;
import io.regulars.scoring.recompute.Recomputes;
import io.regulars.scoring.report.TierCategories;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Calibrates a shop when it has its first buyers, when its buyers or orders have grown by a fifth, and on the
/// schedule of its model. One customer's order never moves a cut-point by itself.
@ApplicationScoped
class Calibrator {

    private static final Logger LOG = Logger.getLogger(Calibrator.class);

    private static final String DUE = """
            select s.merchant_id
            from shop s
            left join calibration_state c using (merchant_id)
            cross join lateral (
              select coalesce(sum(buyers), 0) as buyers, coalesce(sum(orders), 0) as orders
              from shop_size z where z.merchant_id = s.merchant_id) size
            where s.version > 0 and size.buyers > 0
              and (c.due_at is null or c.due_at <= :now
                or (size.buyers > c.buyers and size.buyers >= 1.2 * c.buyers)
                or (size.orders > c.orders and size.orders >= 1.2 * c.orders))
            order by s.merchant_id
            """;

    private static final String MEET =
            "insert into calibration_state (merchant_id) values (:merchant) on conflict do nothing";

    private static final String CLAIM =
            "select merchant_id from calibration_state where merchant_id = :merchant for update skip locked";

    private static final String DONE = """
            update calibration_state set calibrated_at = :now, due_at = :due,
              (buyers, orders) = (
                select coalesce(sum(buyers), 0), coalesce(sum(orders), 0) from shop_size
                where merchant_id = :merchant)
            where merchant_id = :merchant
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Shops shops;
    private final Models models;
    private final Learning learning;
    private final Products products;
    private final TierCategories categories;
    private final Recomputes recomputes;
    private final Fits fits;

    Calibrator(
            Jdbi jdbi,
            Clock clock,
            Shops shops,
            Models models,
            Learning learning,
            Products products,
            TierCategories categories,
            Recomputes recomputes,
            Fits fits) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.shops = shops;
        this.models = models;
        this.learning = learning;
        this.products = products;
        this.categories = categories;
        this.recomputes = recomputes;
        this.fits = fits;
    }

    @Scheduled(
            identity = "calibrations",
            every = "{regulars.scoring.calibrations.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void calibrateWhatIsDue() {
        for (var merchant : due()) {
            try {
                QuarkusTransaction.requiringNew().timeout(600).run(() -> calibrate(merchant));
            } catch (RuntimeException e) {
                LOG.errorf(e, "a shop could not be calibrated and will be tried again: merchant=%d", merchant);
            }
        }
    }

    private List<Integer> due() {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery(DUE)
                        .bind("now", clock.instant())
                        .mapTo(Integer.class)
                        .list()));
    }

    /// In the caller's transaction.
    void calibrate(int merchant) {
        if (!claimed(merchant)) {
            return;
        }
        var now = clock.instant();
        var shop = shops.find(merchant).orElseThrow();
        var active = models.active(shop);
        done(shop, now, active.definition().recalibrateEvery());
        fits.requestAfterCalibration(merchant);
        var cyclesChanged = products.learn(
                merchant, shop.nonProductCodes(), active.definition().forecast());
        categories.learn(shop, now);
        var learned = learning.learn(shop, active.version(), active.definition(), shop.calibrationNo() + 1, now);
        var changed = !learned.model().calibration().scoresLike(active.calibration());
        if (changed) {
            use(shop, learned, now);
        }
        if (changed || cyclesChanged) {
            recomputes.request(merchant, Recomputes.Reason.calibration, cyclesChanged);
        }
    }

    /// Locks the shop only now, after the long look at it; where the model became another one meanwhile, that one
    /// brought its own cut-points.
    private void use(Shop seen, Learning.Learned learned, Instant now) {
        var shop = shops.lock(seen.merchantId());
        if (shop.modelVersion() == seen.modelVersion() && shop.calibrationNo() == seen.calibrationNo()) {
            models.keep(shop, learned, now);
            shops.use(
                    shop.merchantId(),
                    shop.modelVersion(),
                    learned.model().calibration().no());
        }
    }

    private boolean claimed(int merchant) {
        return jdbi.withHandle(handle -> {
            handle.createUpdate(MEET).bind("merchant", merchant).execute();
            return handle.createQuery(CLAIM)
                    .bind("merchant", merchant)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
        });
    }

    private void done(Shop shop, Instant now, java.time.Period every) {
        jdbi.useHandle(handle -> handle.createUpdate(DONE)
                .bind("merchant", shop.merchantId())
                .bind("now", now)
                .bind("due", now.atZone(shop.zone()).plus(every).toInstant())
                .execute());
    }
}
