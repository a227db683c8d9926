package io.regulars.campaign.campaign;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.AtOnce;
import io.regulars.campaign.CampaignRow;
import io.regulars.campaign.guardrail.Stops;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What is put aside while nothing may go: whoever lets it go again takes out all of it.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class ParkingTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_480_000);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Plans plans;

    @Inject
    Campaigns campaigns;

    @Inject
    Stops stops;

    @Test
    void leavesNothingBehindWhoResumesItsCampaign() {
        Plan plan = campaign("paused");

        parkWhile(
                () -> assertThat(plans.stillPaused(List.of(plan))).containsExactly(plan.campaignId()),
                () -> campaigns.resume(merchant, "test", Campaigns.publicId(plan.campaignId())));

        assertThat(parked()).isZero();
    }

    @Test
    void leavesNothingBehindWhoLetsItsShopSendAgain() {
        campaign("active");
        stops.stop(merchant, "test", "wrong prices");

        parkWhile(
                () -> assertThat(stops.stopped(List.of(merchant))).containsExactly(merchant),
                () -> stops.resume(merchant, "test", "right prices"));

        assertThat(parked()).isZero();
    }

    @Test
    void takesNothingOfACampaignThatWasResumedMeanwhile() {
        Plan plan = campaign("paused");
        campaigns.resume(merchant, "test", Campaigns.publicId(plan.campaignId()));

        assertThat(QuarkusTransaction.requiringNew().call(() -> plans.stillPaused(List.of(plan))))
                .isEmpty();
    }

    /// Parks the message in the transaction that looked; the other one comes in between.
    private void parkWhile(Runnable look, Runnable resume) {
        AtOnce.inTheMidst(
                        jdbi,
                        look,
                        () -> {
                            resume.run();
                            return true;
                        },
                        () -> jdbi.useHandle(handle ->
                                handle.execute("update message set parked = true where merchant_id = ?", merchant)))
                .join();
    }

    private int parked() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from message where merchant_id = :m and parked")
                        .bind("m", merchant)
                        .mapTo(Integer.class)
                        .one());
    }

    /// With a message that is not due before long.
    private Plan campaign(String state) {
        long id = CampaignRow.of(merchant, """
                        {"name": "n", "trigger": {"type": "tier-changed"}, "steps": [{"type": "send", "channel": "inbox",
                         "template": {"text": "t"}}]}""").state(state).insert(jdbi);
        jdbi.useHandle(handle -> handle.execute("""
                insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step, channel,
                  state, due_at, planned_at, updated_at)
                values (?, 1, ?, 1, 1, 'x', 0, 'inbox', 'planned', now() + interval '99 years', now(), now())
                """, merchant, id));
        return plans.current(merchant, id).orElseThrow();
    }
}
