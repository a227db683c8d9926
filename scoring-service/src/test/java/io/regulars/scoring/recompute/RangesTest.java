package io.regulars.scoring.recompute;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.scoring.Halt;
import io.regulars.scoring.recompute.Recomputes.Reason;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// How replicas share a recompute. The service's own worker rests meanwhile.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class RangesTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(930_000);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    @Inject
    Scheduler scheduler;

    @Inject
    Recomputes recomputes;

    @Inject
    Ranges ranges;

    @BeforeEach
    void rest() {
        // others' recomputes would be worked off beside, and ours with them
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        number("select count(*) from recompute where :m > 0 and state in ('queued', 'running')") == 0);
        Halt.of(scheduler, "recomputes", "RecomputeRunner");
        jdbi.useHandle(handle -> handle.execute(
                "insert into history (merchant_id, customer_id) select ?, c from generate_series(1, 10) c", merchant));
    }

    @AfterEach
    void goOn() {
        jdbi.useHandle(handle -> {
            handle.execute("delete from recompute where merchant_id = ?", merchant);
            handle.execute("delete from lifetime_fit where merchant_id = ?", merchant);
        });
        scheduler.resume("recomputes");
        scheduler.resume("lifetime-fits");
    }

    @Test
    void areWorkedOffByOneReplicaEach() {
        request(false);
        startAll();

        QuarkusTransaction.requiringNew().run(() -> {
            var mine = ranges.claim().orElseThrow();
            var others = QuarkusTransaction.requiringNew().call(ranges::claim).orElseThrow();

            assertThat(others).isNotEqualTo(mine);
        });
    }

    @Test
    void ofACancelledRecomputeAreDropped() {
        var id = request(false);
        startAll();
        assertThat(left()).isPositive();

        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(ranges.claim()).isPresent();
            elsewhere(() -> recomputes.cancel(merchant, id));
            dropLeft();

            assertThat(left()).as("what somebody works on").isEqualTo(1);
        });
        dropLeft();

        assertThat(left()).isZero();
    }

    private void dropLeft() {
        QuarkusTransaction.requiringNew().run(ranges::dropLeft);
    }

    private long left() {
        return number("select count(*) from recompute_range where merchant_id = :m");
    }

    @Test
    void oneRecomputeOfAShopRunsAtATime() {
        request(false);
        startAll();
        request(false);
        startAll();

        assertThat(count("running")).isEqualTo(1);
        assertThat(count("queued")).isEqualTo(1);
    }

    @Test
    void ofAPausedRecomputeAreNotClaimed() {
        var recompute = request(false);
        startAll();

        var paused = QuarkusTransaction.requiringNew().call(() -> {
            var underWay = ranges.claim().orElseThrow();
            assertThat(elsewhere(() -> recomputes.pause(merchant, recompute))).isTrue();
            ranges.done(underWay, 1);
            return elsewhere(ranges::claim);
        });

        assertThat(paused).isEmpty();
        assertThat(number("select done from recompute where merchant_id = :m")).isEqualTo(1);
        assertThat(elsewhere(() -> recomputes.resume(merchant, recompute))).isTrue();
        assertThat(elsewhere(ranges::claim)).isPresent();
        assertThat(number("select count(*) from recompute_range where merchant_id = :m"))
                .isEqualTo(9);
    }

    @Test
    void aPausedOneKeepsItsPlace() {
        var first = request(false);
        startAll();
        elsewhere(() -> recomputes.pause(merchant, first));
        request(false);
        startAll();

        assertThat(count("paused")).isEqualTo(1);
        assertThat(count("queued")).isEqualTo(1);

        elsewhere(() -> recomputes.cancel(merchant, first));
        startAll();
        assertThat(count("cancelled")).isEqualTo(1);
        assertThat(count("running")).isEqualTo(1);
    }

    /// It goes on although its last range ended while it rested.
    @Test
    void aPausedOneIsNotDone() {
        var recompute = request(false);
        startAll();
        elsewhere(() -> recomputes.pause(merchant, recompute));
        jdbi.useHandle(handle -> handle.execute("delete from recompute_range where merchant_id = ?", merchant));

        finish();
        assertThat(count("paused")).isEqualTo(1);

        elsewhere(() -> recomputes.resume(merchant, recompute));
        finish();
        assertThat(count("done")).isEqualTo(1);
    }

    @Test
    void whatIsAskedForWhileOneWaitsJoinsIt() {
        var first = request(false);
        var second = request(true);

        assertThat(second).isEqualTo(first);
        assertThat(number("select count(*) from recompute where merchant_id = :m and rebuild"))
                .isEqualTo(1);
    }

    @Test
    void aCalibrationAndItsFitScoreEverybodyOnce() {
        Halt.of(scheduler, "lifetime-fits", "FitRunner");
        var fit = fit();
        var asked = request(Reason.calibration);
        startAll();
        assertThat(count("queued")).isEqualTo(1);

        end(fit);
        var askedByTheFit = request(Reason.calibration);
        startAll();

        assertThat(askedByTheFit).isEqualTo(asked);
        assertThat(count("running")).isEqualTo(1);
        assertThat(count("queued")).isZero();
    }

    @Test
    void aFitIsAwaitedForNoLongerThanAFewMinutes() {
        Halt.of(scheduler, "lifetime-fits", "FitRunner");
        fit();
        request(Reason.calibration);

        QuarkusTransaction.requiringNew()
                .call(() -> ranges.startNext(1, clock.instant().plus(Ranges.FIT_AWAITED_FOR)));

        assertThat(count("running")).isEqualTo(1);
    }

    @Test
    void whatSomebodyElseAsksForWaitsForNoFit() {
        Halt.of(scheduler, "lifetime-fits", "FitRunner");
        fit();
        request(Reason.calibration);
        request(Reason.model);
        startAll();

        assertThat(count("running")).isEqualTo(1);
    }

    private long fit() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        insert into lifetime_fit (merchant_id, reason, state, requested_at)
                        values (:m, 'calibration', 'queued', now()) returning fit_id
                        """).bind("m", merchant).mapTo(Long.class).one());
    }

    private void end(long fit) {
        jdbi.useHandle(handle -> handle.execute(
                "update lifetime_fit set state = 'failed' where merchant_id = ? and fit_id = ?", merchant, fit));
    }

    private static <T> T elsewhere(Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(work);
    }

    private void finish() {
        QuarkusTransaction.requiringNew().run(() -> ranges.finish(clock.instant()));
    }

    private long request(boolean rebuild) {
        return QuarkusTransaction.requiringNew().call(() -> recomputes.request(merchant, Reason.requested, rebuild));
    }

    private long request(Reason reason) {
        return QuarkusTransaction.requiringNew().call(() -> recomputes.request(merchant, reason, false));
    }

    private void startAll() {
        var started = true;
        while (started) {
            started = QuarkusTransaction.requiringNew().call(() -> ranges.startNext(1, clock.instant()));
        }
    }

    private long count(String state) {
        return number("select count(*) from recompute where merchant_id = :m and state = '" + state + "'");
    }

    private long number(String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", merchant).mapTo(Long.class).one());
    }
}
