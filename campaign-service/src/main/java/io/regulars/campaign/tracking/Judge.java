package io.regulars.campaign.tracking;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.work.Loop;

@ApplicationScoped
class Judge {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration TIDY = Duration.ofHours(1);

    private final Hits hits;
    private Loop judging;
    private Loop forgetting;

    Judge(Hits hits) {
        this.hits = hits;
    }

    void start(@Observes StartupEvent event) {
        judging =
                Loop.start("hits", POLL, () -> QuarkusTransaction.requiringNew().call(hits::judge));
        forgetting = Loop.start(
                "hits-forgotten", TIDY, () -> QuarkusTransaction.requiringNew().call(hits::forget));
    }

    void stop(@Observes ShutdownEvent event) {
        judging.close();
        forgetting.close();
    }
}
