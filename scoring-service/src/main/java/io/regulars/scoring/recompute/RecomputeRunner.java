package io.regulars.scoring.recompute;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.regulars.kit.fault.KillPoint;
import io.regulars.scoring.forecast.Forecasts;
import io.regulars.scoring.history.Rebuild;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.history.Touched.Purchased;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.recompute.Ranges.Range;
import io.regulars.scoring.score.Cause;
import io.regulars.scoring.score.Rescore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Works off recomputes, range by range, each in a transaction of its own, so that events and reviews go on
/// meanwhile and a crash loses one range's work at the most.
@ApplicationScoped
class RecomputeRunner {

    private static final Logger LOG = Logger.getLogger(RecomputeRunner.class);
    private static final int MOST_WORKERS = 4;
    private static final Duration LOOKS_AGAIN = Duration.ofMillis(200);

    private final Ranges ranges;
    private final Rebuild rebuild;
    private final Forecasts forecasts;
    private final Shops shops;
    private final Models models;
    private final Rescore rescore;
    private final Traffic traffic;
    private final Clock clock;
    private final int rangeSize;
    private final int workers;

    /// Whether the last range had many wrong scores: then the next one has, too, and is not read twice.
    private volatile boolean manyWrong;

    RecomputeRunner(
            Ranges ranges,
            Rebuild rebuild,
            Forecasts forecasts,
            Shops shops,
            Models models,
            Rescore rescore,
            Traffic traffic,
            Clock clock,
            @ConfigProperty(name = "regulars.scoring.recomputes.range", defaultValue = "500") int rangeSize,
            @ConfigProperty(name = "regulars.scoring.recomputes.workers") OptionalInt workers) {
        this.ranges = ranges;
        this.rebuild = rebuild;
        this.forecasts = forecasts;
        this.shops = shops;
        this.models = models;
        this.rescore = rescore;
        this.traffic = traffic;
        this.clock = clock;
        this.rangeSize = rangeSize;
        this.workers = workers.orElse(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS));
    }

    @Scheduled(
            identity = "recomputes",
            every = "{regulars.scoring.recomputes.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void work() {
        do {
            workOnRanges();
            finish();
        } while (start());
        QuarkusTransaction.requiringNew().run(ranges::dropLeft);
    }

    /// Several at once, as replicas do: of one worker the service and the database take turns. While events come half
    /// of them rest, so that whoever sends an order does not wait for a recompute.
    private void workOnRanges() {
        if (!workOnRange()) {
            return;
        }
        finish();
        var over = new AtomicBoolean();
        try (var together = Executors.newFixedThreadPool(workers)) {
            var begun = IntStream.range(0, workers)
                    .mapToObj(worker -> CompletableFuture.runAsync(
                            () -> workToTheEnd(worker < Math.max(1, workers / 2), over), together))
                    .toList();
            begun.forEach(CompletableFuture::join);
        }
    }

    /// @param always whether it works beside events
    /// @param over that one of the workers ended: it found nothing more to do, or broke, and whoever rests must not
    /// wait for it
    private void workToTheEnd(boolean always, AtomicBoolean over) {
        try {
            while (!over.get()) {
                if (!always && traffic.flows()) {
                    LockSupport.parkNanos(LOOKS_AGAIN.toNanos());
                } else if (workOnRange()) {
                    finish();
                } else {
                    return;
                }
            }
        } finally {
            over.set(true);
        }
    }

    private boolean start() {
        return QuarkusTransaction.requiringNew().timeout(300).call(() -> ranges.startNext(rangeSize, clock.instant()));
    }

    private void finish() {
        QuarkusTransaction.requiringNew().run(() -> ranges.finish(clock.instant()));
    }

    /// False where no range is left to claim, or where one failed and the others had better wait for the next
    /// round.
    private boolean workOnRange() {
        var claimed = new Range[1];
        try {
            return QuarkusTransaction.requiringNew().timeout(300).call(() -> {
                var range = ranges.claim();
                claimed[0] = range.orElse(null);
                range.ifPresent(this::recompute);
                return range.isPresent();
            });
        } catch (RuntimeException e) {
            Optional.ofNullable(claimed[0]).ifPresent(range -> failed(range, e));
            return false;
        }
    }

    private void failed(Range range, RuntimeException e) {
        LOG.errorf(
                e,
                "a range of a recompute failed: merchant=%d recompute=%d first=%d",
                range.merchant(),
                range.recompute(),
                range.first());
        QuarkusTransaction.requiringNew().run(() -> ranges.failed(range, String.valueOf(e), clock.instant()));
    }

    private void recompute(Range range) {
        var shop = shops.hold(range.merchant());
        var customers = range.products() == null ? ranges.customers(range) : remakeForecasts(range);
        if (range.rebuild() && shop.known()) {
            rebuild.of(shop, customers);
            forecasts.remakeAll(shop, models.active(shop).definition().forecast(), customers);
        }
        var now = clock.instant();
        var wrong = manyWrong || range.rebuild()
                ? rescore.rescore(range.merchant(), customers, now, Cause.recompute())
                : rescore.refresh(range.merchant(), customers, now);
        manyWrong = wrong > customers.size() / 4;
        ranges.done(range, customers.size());
        KillPoint.RECOMPUTE_IN_RANGE.reach();
    }

    private List<Long> remakeForecasts(Range range) {
        var buyers = ranges.buyers(range);
        var customers = buyers.stream().map(Purchased::customerId).distinct().toList();
        var shop = shops.hold(range.merchant());
        if (shop.known()) {
            rebuild.lock(range.merchant(), customers);
            forecasts.remake(shop, models.active(shop).definition().forecast(), buyers);
        }
        return customers;
    }
}
