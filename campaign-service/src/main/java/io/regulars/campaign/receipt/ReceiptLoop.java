package io.regulars.campaign.receipt;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.work.Loop;

/// Applies receipts that came before their message was known to be sent, and forgets old ones.
@ApplicationScoped
class ReceiptLoop {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration TIDY = Duration.ofHours(1);

    private final Receipts receipts;
    private Loop applying;
    private Loop forgetting;

    ReceiptLoop(Receipts receipts) {
        this.receipts = receipts;
    }

    void start(@Observes StartupEvent event) {
        applying = Loop.start(
                "receipts", POLL, () -> QuarkusTransaction.requiringNew().call(receipts::apply));
        forgetting = Loop.start(
                "receipts-forgotten",
                TIDY,
                () -> QuarkusTransaction.requiringNew().call(receipts::forget));
    }

    void stop(@Observes ShutdownEvent event) {
        applying.close();
        forgetting.close();
    }
}
