package io.regulars.scoring.outlook;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.scoring.Halt;
import io.regulars.scoring.history.Shops;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class FitsInTurnTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_490_120);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Scheduler scheduler;

    @Inject
    Shops shops;

    @Inject
    Fits fits;

    @BeforeEach
    void halt() {
        Halt.of(scheduler, "lifetime-fits", "FitRunner");
    }

    @AfterEach
    void goOn() {
        scheduler.resume("lifetime-fits");
    }

    @Test
    void areMadeByOneReplicaEach() {
        QuarkusTransaction.requiringNew().run(() -> fits.request(merchant, "requested", null));

        QuarkusTransaction.requiringNew().run(() -> {
            var mine = fits.claim();

            assertThat(mine).isPresent();
            assertThat(QuarkusTransaction.requiringNew().call(fits::claim)).isNotEqualTo(mine);
        });
    }

    @Test
    void keepTheOneThatScoringGoesByHoweverManyFailSince() {
        long used = fit(1);
        QuarkusTransaction.requiringNew().run(() -> {
            shops.lock(merchant);
            shops.useFit(merchant, used);
        });
        fit(300);

        QuarkusTransaction.requiringNew().run(() -> fits.prune(merchant));

        assertThat(fits.find(merchant, used)).isPresent();
        assertThat(fits.latest(merchant, 1_000)).hasSize(201);
    }

    /// @return the first of so many
    private long fit(int count) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                insert into lifetime_fit (merchant_id, reason, state, requested_at)
                select :m, 'requested', 'failed', now() from generate_series(1, :count)
                returning fit_id""")
                .bind("m", merchant)
                .bind("count", count)
                .mapTo(Long.class)
                .list()
                .getFirst());
    }
}
