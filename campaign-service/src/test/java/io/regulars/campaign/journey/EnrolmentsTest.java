package io.regulars.campaign.journey;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.CampaignRow;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Trigger.Cause;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class EnrolmentsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(950_000);

    /// The service's own workers see none of what is due then.
    private static final Instant FUTURE = Instant.parse("2090-01-01T00:00:00Z");

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Plans plans;

    @Inject
    Enrolments enrolments;

    @Inject
    EnrolmentRows rows;

    @Test
    void aCauseEnrolsOnceHoweverOftenItIsTold() {
        var campaign = campaign();
        QuarkusTransaction.begin();
        try {
            var plan = plans.current(merchant, campaign).orElseThrow();
            var entry = new Enrolments.Entry(plan, 1, new Cause("tier:2", Map.of()));

            assertThat(enrolments.enrol(List.of(entry, entry))).isEqualTo(1);
            assertThat(enrolments.enrol(List.of(entry))).isZero();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void anEnrolmentIsInOneReplicasHands() {
        enrol(campaign(), false);

        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(claimed()).isEqualTo(1);
            assertThat(QuarkusTransaction.requiringNew().call(this::claimed)).isZero();
        });
    }

    @Test
    void parkedEnrolmentsAreNotLookedAt() {
        enrol(campaign(), true);

        assertThat(QuarkusTransaction.requiringNew().call(this::claimed)).isZero();
    }

    private long claimed() {
        return rows.claim(FUTURE.plusSeconds(1), 10_000).stream()
                .filter(one -> one.key.merchantId() == merchant)
                .count();
    }

    private long campaign() {
        return CampaignRow.of(merchant, """
                        {"name": "n", "trigger": {"type": "tier-changed"}, "steps": [{"type": "send", "channel": "inbox",
                         "template": {"text": "t"}}]}""").insert(jdbi);
    }

    private void enrol(long campaign, boolean parked) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, state, due_at,
                          parked, enrolled_at, updated_at)
                        values (:m, 1, :campaign, 1, 'tier:2', 'active', :due, :parked, now(), now())""")
                .bind("m", merchant)
                .bind("campaign", campaign)
                .bind("due", FUTURE)
                .bind("parked", parked)
                .execute());
    }
}
