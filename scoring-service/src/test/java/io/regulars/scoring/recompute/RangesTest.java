package io.regulars.scoring.recompute;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.scoring.recompute.Recomputes.Reason;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
        scheduler.pause("recomputes");
        jdbi.useHandle(handle -> handle.execute(
                "insert into history (merchant_id, customer_id) select ?, c from generate_series(1, 10) c", merchant));
    }

    @AfterEach
    void goOn() {
        jdbi.useHandle(handle -> handle.execute("delete from recompute where merchant_id = ?", merchant));
        scheduler.resume("recomputes");
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
    void oneRecomputeOfAShopRunsAtATime() {
        request(false);
        startAll();
        request(false);
        startAll();

        assertThat(count("running")).isEqualTo(1);
        assertThat(count("queued")).isEqualTo(1);
    }

    @Test
    void whatIsAskedForWhileOneWaitsJoinsIt() {
        var first = request(false);
        var second = request(true);

        assertThat(second).isEqualTo(first);
        assertThat(number("select count(*) from recompute where merchant_id = :m and rebuild"))
                .isEqualTo(1);
    }

    private long request(boolean rebuild) {
        return QuarkusTransaction.requiringNew().call(() -> recomputes.request(merchant, Reason.requested, rebuild));
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
