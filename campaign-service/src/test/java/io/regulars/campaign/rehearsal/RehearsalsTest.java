package io.regulars.campaign.rehearsal;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.campaign.Plan;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// A rehearsal that another worker makes, whose lease ends in an hour.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class RehearsalsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_490_040);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Rehearsals rehearsals;

    @Test
    void areNotTakenOutOfLiveHands() {
        theirs();

        while (QuarkusTransaction.requiringNew().call(rehearsals::claim).isPresent()) {
            // all that there are
        }

        assertThat(text("select claim from rehearsal where merchant_id = :m for update"))
                .isEqualTo("theirs");
    }

    @Test
    void areNotEndedByAWorkerThatLostThem() {
        long id = theirs();
        var lost = new Rehearsals.Held(merchant, id, new Plan.Key(merchant, 1, 1), null, "mine", 1);

        QuarkusTransaction.requiringNew().run(() -> rehearsals.done(lost, "{}", List.of()));

        assertThat(text("select state from rehearsal where merchant_id = :m")).isEqualTo("running");
    }

    private long theirs() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        with made as (
                          insert into campaign (merchant_id, revision, name, state, salt, definition, created_by,
                            created_at, updated_at)
                          values (:m, 1, 'n', 'draft', 's', '{}', 'test', now(), now())
                          returning merchant_id, id
                        )
                        insert into rehearsal (merchant_id, campaign_id, revision, state, claim, lease_until, requested_at,
                          requested_by, started_at)
                        select merchant_id, id, 1, 'running', 'theirs', now() + interval '1 hour', now(), 'test', now()
                        from made
                        returning id""").bind("m", merchant).mapTo(Long.class).one());
    }

    private String text(String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", merchant).mapTo(String.class).one());
    }
}
