package io.regulars.campaign.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.CampaignRow;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Trigger.Cause;
import io.regulars.campaign.journey.Enrolments;
import io.regulars.embedded.ServiceTestResource;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Two replicas and more at once, beside the service's own workers.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class ManyReplicasTest {

    private static final int CUSTOMERS = 1_200;

    @Inject
    Jdbi jdbi;

    @Inject
    Plans plans;

    @Inject
    Enrolments enrolments;

    @Inject
    TriggerClock triggerClock;

    @Test
    void aDayReachesEachCustomerOnceHoweverManyLookAtTheClock() throws Exception {
        int merchant = 1_110_001;
        long campaign = campaign(merchant, """
                {"name": "n", "trigger": {"type": "schedule", "rrule": "FREQ=YEARLY", "start": "2026-01-01T00:00:00",
                 "zone": "UTC", "lateLimit": "PT20H"}, "steps": [{"type": "send", "channel": "inbox",
                 "template": {"text": "t"}}]}""".replace(
                        "2026-01-01T00:00:00",
                        Instant.now().minusSeconds(600).toString().substring(0, 19)));
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into audience (merchant_id, customer_id, profile_version, external_id)
                    select ?, i, 1, 'u' || i from generate_series(1, ?) i""", merchant, CUSTOMERS);
            handle.execute(
                    "insert into trigger_clock values (?, ?, now() - interval '1 hour', now(), '{}')",
                    merchant,
                    campaign);
        });

        atOnce(4, () -> QuarkusTransaction.requiringNew().call(triggerClock::tick));

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> running(merchant) == 0 && count("message", merchant) >= CUSTOMERS);
        assertThat(count("fan_out", merchant)).isEqualTo(1);
        assertThat(count("enrolment", merchant)).isEqualTo(CUSTOMERS);
        assertThat(count("message", merchant)).isEqualTo(CUSTOMERS);
    }

    @Test
    void ofTwoCausesAtOnceOneEntersWhereACustomerEntersOnce() throws Exception {
        int merchant = 1_110_002;
        long campaign = campaign(merchant, """
                {"name": "n", "trigger": {"type": "complained"}, "reentry": "once", "steps": [{"type": "wait",
                 "for": "P1D"}, {"type": "send", "channel": "inbox", "template": {"text": "t"}}]}""");
        Plan plan = plans.current(merchant, campaign).orElseThrow();
        List<Callable<Integer>> causes = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            var entry = new Enrolments.Entry(plan, 7, new Cause("interaction:" + i, Map.of()));
            causes.add(() -> QuarkusTransaction.requiringNew().call(() -> enrolments.enrol(List.of(entry))));
        }

        atOnce(causes);

        String entered = jdbi.withHandle(handle ->
                handle.createQuery("""
                        select count(*) filter (where state <> 'refused') || ' of ' || count(*) from enrolment
                        where merchant_id = :m""").bind("m", merchant).mapTo(String.class).one());
        assertThat(entered).isEqualTo("1 of 6");
    }

    private static void atOnce(int times, Callable<Boolean> work) throws Exception {
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(work);
        }
        atOnce(all);
    }

    private static <T> void atOnce(List<Callable<T>> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<T> done : threads.invokeAll(work)) {
                done.get();
            }
        }
    }

    private int running(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from fan_out where merchant_id = :m and finished_at is null")
                .bind("m", merchant)
                .mapTo(Integer.class)
                .one());
    }

    private int count(String table, int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + table + " where merchant_id = :m")
                .bind("m", merchant)
                .mapTo(Integer.class)
                .one());
    }

    private long campaign(int merchant, String definition) {
        return CampaignRow.of(merchant, definition)
                .activatedAgo(Duration.ofHours(1))
                .insert(jdbi);
    }
}
