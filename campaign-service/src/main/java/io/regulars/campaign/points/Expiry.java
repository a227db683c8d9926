package io.regulars.campaign.points;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.work.Loop;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/// Lets points expire when their time has come. Two replicas that come to the same lot wait at its customer's balance,
/// and the second finds it empty.
@ApplicationScoped
class Expiry {

    private static final int BATCH = 200;

    private static final String DUE = """
            select merchant_id, customer_id, posting_id from point_lot
            where points_left > 0 and expires_at <= :now order by expires_at limit :batch
            """;

    private static final String LEFT = """
            select points_left from point_lot
            where merchant_id = :merchant and customer_id = :customer and posting_id = :lot and points_left > 0
            """;

    private record Lot(int merchantId, long customerId, long id) {}

    private final Jdbi jdbi;
    private final Clock clock;
    private final Ledger ledger;
    private final java.time.Duration poll;
    private volatile Loop loop;

    Expiry(
            Jdbi jdbi,
            Clock clock,
            Ledger ledger,
            @ConfigProperty(name = "regulars.points.expiry-poll", defaultValue = "PT5S") java.time.Duration poll) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.ledger = ledger;
        this.poll = poll;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("points-expiry", poll, this::expireDue);
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    private boolean expireDue() {
        Instant now = clock.instant();
        List<Lot> due = jdbi.withHandle(handle -> handle.createQuery(DUE)
                .bind("now", now)
                .bind("batch", BATCH)
                .map((row, context) ->
                        new Lot(row.getInt("merchant_id"), row.getLong("customer_id"), row.getLong("posting_id")))
                .list());
        due.forEach(lot -> QuarkusTransaction.requiringNew().run(() -> expire(lot, now)));
        return due.size() == BATCH;
    }

    private void expire(Lot lot, Instant now) {
        ledger.lock(lot.merchantId(), lot.customerId());
        jdbi.withHandle(handle -> handle.createQuery(LEFT)
                        .bind("merchant", lot.merchantId())
                        .bind("customer", lot.customerId())
                        .bind("lot", lot.id())
                        .mapTo(Long.class)
                        .findOne())
                .ifPresent(left -> ledger.expire(
                        new Posting(
                                lot.merchantId(),
                                lot.customerId(),
                                Posting.Kind.EXPIRED,
                                "expired:" + lot.id(),
                                null,
                                left,
                                now,
                                null),
                        lot.id()));
    }
}
