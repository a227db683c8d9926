package io.regulars.scoring.edge;

import java.time.Duration;

import org.jdbi.v3.core.Jdbi;

import static org.awaitility.Awaitility.await;

/// Has a shop calibrated by all that it holds now. By itself that happens as it grows and on its schedule.
public final class Calibrated {

    private static final String DUE = """
            insert into calibration_state (merchant_id, due_at) values (:merchant, '-infinity')
            on conflict (merchant_id) do update set due_at = excluded.due_at
            """;

    private static final String DONE =
            "select due_at > '-infinity' from calibration_state where merchant_id = :merchant";

    private Calibrated() {}

    public static void anew(Jdbi jdbi, int merchant) {
        jdbi.useHandle(
                handle -> handle.createUpdate(DUE).bind("merchant", merchant).execute());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbi.withHandle(handle -> handle.createQuery(DONE)
                        .bind("merchant", merchant)
                        .mapTo(Boolean.class)
                        .one()));
    }
}
