package io.regulars.campaign.trigger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.CampaignRow;
import io.regulars.embedded.ServiceTestResource;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// The rounds of one day: it is five minutes past it in UTC, and five hours past it in the zone of some.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class LateZonesTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_420_100);
    private static final String AHEAD = "Etc/GMT-5";

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    /// The first round was held up until it was too late for them.
    @Test
    void theRoundOfALaterZoneCatchesNobodyWhoseOwnMomentWasMissed() {
        long campaign = campaign("PT1H", null);
        customers(1, 3, AHEAD);
        customers(4, 5, "UTC");

        round(campaign, 0);

        assertThat(ofCampaign(
                        "select string_agg(customer_id::text, ',' order by customer_id) from enrolment", campaign))
                .isEqualTo("4,5");
        assertThat(ofCampaign("select enrolled || ' and ' || late from fan_out", campaign))
                .isEqualTo("2 and 3");
    }

    /// Twenty-five of forty came with the first round: fifty would be too many, and forty are not.
    @Test
    void theSizeOfADayIsCountedOnceHoweverManyRoundsItMakes() {
        long campaign = campaign("PT20H", 40);
        customers(1, 25, AHEAD);
        customers(26, 40, "UTC");
        jdbi.useHandle(handle ->
                handle.createUpdate("""
                        insert into enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, state,
                          enrolled_at, updated_at)
                        select :m, i, :k, 1, 'date:2027-05-20', 'finished', now(), now() from generate_series(1, 25) i""").bind("m", merchant).bind("k", campaign).execute());

        round(campaign, 25);

        assertThat(ofCampaign("select enrolled || ' and ' || late from fan_out", campaign))
                .isEqualTo("40 and 0");
        assertThat(stateOf(campaign)).isEqualTo("active");
    }

    private void round(long campaign, int enrolled) {
        Instant due = clock.instant().minusSeconds(300);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into fan_out (merchant_id, campaign_id, revision, occurrence, local_at, due_at, started_at,
                          enrolled)
                        values (:m, :k, 1, 'date:2027-05-20', :local, :due, :due, :enrolled)""")
                .bind("m", merchant)
                .bind("k", campaign)
                .bind("local", LocalDateTime.ofInstant(due, ZoneOffset.UTC))
                .bind("due", due)
                .bind("enrolled", enrolled)
                .execute());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !ofCampaign("select coalesce(finished_at::text, '') from fan_out", campaign)
                                .isEmpty()
                        || !"active".equals(stateOf(campaign)));
    }

    private String stateOf(long campaign) {
        return jdbi.withHandle(handle -> handle.createQuery("select state from campaign where id = :k")
                .bind("k", campaign)
                .mapTo(String.class)
                .one());
    }

    private String ofCampaign(String select, long campaign) {
        return jdbi.withHandle(handle -> handle.createQuery(select + " where campaign_id = :k")
                .bind("k", campaign)
                .mapTo(String.class)
                .one());
    }

    private void customers(int first, int last, String zone) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into audience (merchant_id, customer_id, profile_version, external_id, time_zone)
                select ?, i, 1, 'u' || i, ? from generate_series(?, ?) i""", merchant, zone, first, last));
    }

    private long campaign(String lateLimit, Integer expected) {
        return CampaignRow.of(merchant, """
                        {"name": "n", "trigger": {"type": "date", "date": "2027-05-20", "at": "09:00",
                         "lateLimit": "%s"}, "steps": [{"type": "wait", "for": "P9D"}]}""".formatted(lateLimit))
                .activatedAgo(Duration.ofDays(2))
                .expecting(expected)
                .guardrails("{\"breaker\": {\"factor\": 1, \"floor\": 0}}")
                .insert(jdbi);
    }
}
