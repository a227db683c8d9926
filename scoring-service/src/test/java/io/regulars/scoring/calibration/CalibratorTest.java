package io.regulars.scoring.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.scoring.Halt;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.Models;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class CalibratorTest {

    private static final int MERCHANT = 1_490_101;
    private static final int MEANWHILE = 7;

    @Inject
    Jdbi jdbi;

    @Inject
    Scheduler scheduler;

    @Inject
    Shops shops;

    @Inject
    Models models;

    @Inject
    Calibrator calibrator;

    @BeforeEach
    void halt() {
        Halt.of(scheduler, "calibrations", "Calibrator");
    }

    @AfterEach
    void goOn() {
        scheduler.resume("calibrations");
    }

    /// Another model is activated, with cut-points of its own, while this one looks at the whole shop.
    @Test
    void leavesAloneWhatBecameAnotherMeanwhile() {
        open();

        var calibrating = QuarkusTransaction.requiringNew().call(() -> {
            shops.lock(MERCHANT);
            var begun = CompletableFuture.runAsync(
                    () -> QuarkusTransaction.requiringNew().run(() -> calibrator.calibrate(MERCHANT)),
                    Thread.ofPlatform()::start);
            await().atMost(Duration.ofSeconds(30)).until(() -> begun.isDone() || waiting() > 0);
            shops.use(MERCHANT, 1, MEANWHILE);
            return begun;
        });
        calibrating.join();

        assertThat(shops.find(MERCHANT).orElseThrow().calibrationNo()).isEqualTo(MEANWHILE);
    }

    /// Ten who bought, of whom nothing was learned yet.
    private void open() {
        QuarkusTransaction.requiringNew().run(() -> {
            shops.lock(MERCHANT);
            jdbi.useHandle(
                    handle -> handle.createUpdate("""
                            insert into history (merchant_id, customer_id, days, orders, amounts, promotions,
                              promotion_amounts)
                            select :m, i, array[20000 + i]::int[], '{1}', array[1000 * i]::bigint[], '{0}', '{0}'
                            from generate_series(1, 10) i""").bind("m", MERCHANT).execute());
            models.ship(MERCHANT, Instant.EPOCH);
            shops.use(MERCHANT, 1, 0);
            jdbi.useHandle(handle -> handle.execute("update shop set version = 1 where merchant_id = ?", MERCHANT));
        });
    }

    private int waiting() {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(
                        handle -> handle.createQuery("""
                                select count(*) from pg_stat_activity
                                where datname = current_database() and wait_event_type = 'Lock'""").mapTo(Integer.class).one()));
    }
}
