package io.regulars.scoring.simulation;

import java.time.Instant;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.scoring.Halt;
import io.regulars.scoring.model.Models;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class SimulationsInTurnTest {

    private static final int MERCHANT = 1_490_131;

    @Inject
    Scheduler scheduler;

    @Inject
    Models models;

    @Inject
    SimulationJobs jobs;

    @BeforeEach
    void halt() {
        Halt.of(scheduler, "simulations", "SimulationRunner");
    }

    @AfterEach
    void goOn() {
        scheduler.resume("simulations");
    }

    @Test
    void areMadeByOneReplicaEach() {
        QuarkusTransaction.requiringNew().run(() -> {
            models.ship(MERCHANT, Instant.EPOCH);
            assertThat(jobs.request(MERCHANT, 1, Instant.EPOCH, null)).isPresent();
        });

        QuarkusTransaction.requiringNew().run(() -> {
            var mine = jobs.next();

            assertThat(mine).isPresent();
            assertThat(QuarkusTransaction.requiringNew().call(jobs::next)).isNotEqualTo(mine);
        });
    }
}
