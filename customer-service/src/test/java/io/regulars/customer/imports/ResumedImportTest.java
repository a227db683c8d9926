package io.regulars.customer.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.kit.id.PublicId;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/// A replica takes a job, does some chunks and is gone; another goes on.
@QuarkusTest
@TestProfile(ResumedImportTest.SmallChunks.class)
@WithTestResource(ServiceTestResource.class)
class ResumedImportTest {

    private static final String DEAD = "a replica that dies";
    private static final int ORDERS = 1_000;
    private static final Duration WITHIN = Duration.ofSeconds(25);

    public static class SmallChunks implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("regulars.import.chunk", "100");
        }
    }

    @Inject
    Imports imports;

    @Inject
    ImportRun run;

    @Inject
    ImportTable table;

    @Inject
    Jdbi jdbi;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 11, 13, 18})
    void anImportGoesOnWhereADeadReplicaLeftIt(int chunks) throws IOException {
        Shop shop = Shop.inChina();
        ImportJob job = takenByTheDead(shop);
        try (OpenFile file = run.open(job)) {
            for (int i = 0; i < chunks; i++) {
                job = run.chunk(job, DEAD, file).orElseThrow();
            }
        }

        expireClaim(job);

        var view = ImportSteps.finished(shop, PublicId.format("imp", job.importId()), WITHIN);
        assertThat(view.getLong("lines.imported")).isEqualTo(ORDERS);
        assertThat(view.getLong("counts.orders.created")).isEqualTo(ORDERS);
        assertThat(view.getLong("counts.customers.created")).isEqualTo(97);
        shop.get("/v1/customers/counts")
                .body("orders", equalTo(ORDERS))
                .body("customers", equalTo(97))
                .body("products", equalTo(13));
    }

    @Test
    void aReplicaThatLostItsClaimWritesNothing() throws IOException {
        Shop shop = Shop.inChina();
        ImportJob job = takenByTheDead(shop);
        try (OpenFile file = run.open(job)) {
            expireClaim(job);
            ImportSteps.finished(shop, PublicId.format("imp", job.importId()), WITHIN);
            var finished = now(job);

            assertThat(run.chunk(job, DEAD, file)).isEmpty();
            assertThat(now(job)).isEqualTo(finished);
        }

        shop.get("/v1/customers/counts").body("orders", equalTo(ORDERS));
    }

    @Test
    void aReplicaAtWorkKeepsItsImport() throws IOException {
        Shop shop = Shop.inChina();
        ImportJob job = takenByTheDead(shop);

        // longer than the pause between two looks of the service's own worker
        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .until(() -> worksOn(job).equals(DEAD));
    }

    private ImportJob now(ImportJob job) {
        return QuarkusTransaction.requiringNew()
                .call(() -> table.find(job.merchantId(), job.importId()).orElseThrow());
    }

    private String worksOn(ImportJob job) {
        return jdbi.withHandle(handle -> handle.createQuery("select claimed_by from import_job where import_id = :id")
                .bind("id", job.importId())
                .mapTo(String.class)
                .one());
    }

    /// Within one transaction, so that no other replica sees the job unclaimed.
    private ImportJob takenByTheDead(Shop shop) throws IOException {
        Path file = folder.resolve("orders.csv");
        Files.writeString(file, ImportsTest.manyOrders(ORDERS), StandardCharsets.UTF_8);
        return QuarkusTransaction.requiringNew().call(() -> {
            ImportJob job =
                    imports.accept(shop.merchant(), new Imports.Sent(file, "orders.csv", "orders", null, null, true));
            jdbi.useHandle(handle -> handle.createUpdate("""
                            update import_job set state = 'running', claimed_by = :dead,
                              claimed_until = clock_timestamp() + interval '1 hour'
                            where import_id = :id
                            """)
                    .bind("dead", DEAD)
                    .bind("id", job.importId())
                    .execute());
            return table.find(shop.merchant(), job.importId()).orElseThrow();
        });
    }

    private void expireClaim(ImportJob job) {
        QuarkusTransaction.requiringNew()
                .run(() -> jdbi.useHandle(handle -> handle.createUpdate(
                                "update import_job set claimed_until = '-infinity' where import_id = :id")
                        .bind("id", job.importId())
                        .execute()));
    }
}
