package io.regulars.scoring.edge;

import jakarta.inject.Inject;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Roles;
import io.regulars.scoring.Halt;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/// Pause and resume over REST; how the ranges take it is in RangesTest. The service's own worker rests meanwhile.
@QuarkusTest
class RecomputePauseTest extends EdgeTest {

    private final Shop shop = Shop.open();

    @Inject
    Jdbi jdbi;

    @Inject
    Scheduler scheduler;

    @BeforeEach
    void rest() {
        eventually(
                () -> assertThat(get(shop, "recomputes").getList("items.state")).containsExactly("done"));
        Halt.of(scheduler, "recomputes", "RecomputeRunner");
    }

    @AfterEach
    void goOn() {
        scheduler.resume("recomputes");
    }

    @Test
    void aPausedOneGoesOnToItsEnd() {
        var job = running();

        as(shop).post("/v1/recomputes/" + job + "/pause").then().statusCode(200).body("state", equalTo("paused"));
        assertThat(get(shop, "recomputes/" + job).getString("state")).isEqualTo("paused");
        scheduler.resume("recomputes");
        as(shop).post("/v1/recomputes/" + job + "/resume")
                .then()
                .statusCode(200)
                .body("state", equalTo("running"));

        eventually(() ->
                assertThat(get(shop, "recomputes/" + job).getString("state")).isEqualTo("done"));
    }

    @Test
    void whatTheStateForbidsIsRefusedByItsName() {
        var queued = as(shop).body("{}").post("/v1/recomputes").then().extract().<String>path("id");
        refused(queued, "pause", "the recompute is queued");
        refused(queued, "resume", "the recompute is queued");
        as(shop).delete("/v1/recomputes/" + queued).then().statusCode(200);
        refused(queued, "pause", "the recompute is cancelled");

        var running = running();
        refused(running, "resume", "the recompute is running");
        as(shop).post("/v1/recomputes/" + running + "/pause").then().statusCode(200);
        refused(running, "pause", "the recompute is paused");
        as(shop).delete("/v1/recomputes/" + running).then().statusCode(200).body("state", equalTo("cancelled"));
        refused(running, "resume", "the recompute is cancelled");
    }

    @Test
    void onlyTheMerchantsOwnPeopleMay() {
        var job = running();

        as(Shop.open()).post("/v1/recomputes/" + job + "/pause").then().statusCode(404);
        as(shop, Roles.SUPPORT).post("/v1/recomputes/" + job + "/pause").then().statusCode(403);
        assertThat(get(shop, "recomputes/" + job).getString("state")).isEqualTo("running");
        as(shop).delete("/v1/recomputes/" + job).then().statusCode(200);
    }

    private void refused(String job, String what, String why) {
        as(shop).post("/v1/recomputes/" + job + "/" + what)
                .then()
                .statusCode(409)
                .body("detail", containsString(why));
    }

    /// With nothing to do.
    private String running() {
        var id = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into recompute (merchant_id, reason, rebuild, state, requested_at, started_at, total)
                        values (:merchant, 'requested', false, 'running', now(), now(), 0) returning recompute_id
                        """)
                .bind("merchant", shop.merchant)
                .mapTo(Long.class)
                .one());
        return PublicId.format("rcm", id);
    }
}
