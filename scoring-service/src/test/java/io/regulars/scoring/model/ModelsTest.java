package io.regulars.scoring.model;

import java.time.Instant;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.scoring.history.Shops;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ModelsTest {

    private static final int MERCHANT = 1_490_111;

    @Inject
    Jdbi jdbi;

    @Inject
    Shops shops;

    @Inject
    Models models;

    @Test
    void goByTheModelThatAnotherReplicaActivated() {
        QuarkusTransaction.requiringNew().run(() -> {
            shops.lock(MERCHANT);
            models.ship(MERCHANT, Instant.EPOCH);
            shops.use(MERCHANT, 1, 0);
        });
        assertThat(active()).isEqualTo(1);

        jdbi.useHandle(handle -> handle.execute("""
                insert into model (merchant_id, version, name, state, definition, created_at, created_by)
                select merchant_id, 2, name, 'draft', definition, created_at, created_by from model where merchant_id = ?
                """, MERCHANT));
        QuarkusTransaction.requiringNew().run(() -> shops.use(MERCHANT, 2, 0));

        assertThat(active()).isEqualTo(2);
    }

    private int active() {
        return models.active(shops.find(MERCHANT).orElseThrow()).version();
    }
}
