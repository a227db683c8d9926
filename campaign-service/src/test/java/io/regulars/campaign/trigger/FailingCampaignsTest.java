package io.regulars.campaign.trigger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.CampaignRow;
import io.regulars.embedded.ServiceTestResource;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What is to be done for one merchant cannot be, and another's turn comes after it.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class FailingCampaignsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_490_090);

    private final int failing = MERCHANTS.incrementAndGet();
    private final int other = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @AfterEach
    void letThem() {
        jdbi.useHandle(handle -> handle.execute("drop function if exists refuse_them() cascade"));
    }

    @Test
    void holdUpNoBroadcastOfAnother() {
        refuse("enrolment");
        broadcasts(failing, 20);
        broadcasts(other, 10);

        comesTo("enrolment", other);
        assertThat(count("enrolment", failing)).isZero();
        letThem();
        comesTo("enrolment", failing);
    }

    @Test
    void holdUpNoDayOfAnother() {
        refuse("fan_out");
        isDue(failing, 20);
        isDue(other, 10);

        comesTo("fan_out", other);
        assertThat(count("fan_out", failing)).isZero();
        letThem();
        comesTo("fan_out", failing);
    }

    private void refuse(String table) {
        jdbi.useHandle(handle -> handle.execute("""
                create function refuse_them() returns trigger language plpgsql as $$
                begin raise exception 'not now'; end $$"""));
        jdbi.useHandle(handle -> handle.execute("""
                create trigger refuse_them before insert on %s for each row
                when (new.merchant_id = %d) execute function refuse_them()""".formatted(table, failing)));
    }

    private void broadcasts(int merchant, int daysAgo) {
        long campaign = campaign(merchant, "{\"type\": \"broadcast\"}");
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into audience (merchant_id, customer_id, profile_version, external_id)
                    values (?, 1, 1, 'u1')""", merchant);
            handle.execute("""
                    insert into fan_out (merchant_id, campaign_id, revision, started_at)
                    values (?, ?, 1, now() - ? * interval '1 day')""", merchant, campaign, daysAgo);
        });
    }

    private void isDue(int merchant, int daysAgo) {
        long campaign = campaign(merchant, """
                {"type": "schedule", "rrule": "FREQ=DAILY", "start": "2026-01-01T09:00:00", "zone": "UTC"}""");
        jdbi.useHandle(handle -> handle.execute("""
                insert into trigger_clock values (?, ?, now() - interval '2 days', now() - ? * interval '1 day', '{}')
                """, merchant, campaign, daysAgo));
    }

    private void comesTo(String table, int merchant) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count(table, merchant) > 0);
    }

    private int count(String table, int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + table + " where merchant_id = :m")
                .bind("m", merchant)
                .mapTo(Integer.class)
                .one());
    }

    private long campaign(int merchant, String trigger) {
        jdbi.useHandle(
                handle -> handle.execute("insert into shop values (?, 1, 'Shop', 'UTC', 'CNY', 'zh-CN')", merchant));
        return CampaignRow.of(merchant, """
                        {"name": "n", "trigger": %s, "steps": [{"type": "wait", "for": "P9D"}]}""".formatted(trigger))
                .activatedAgo(Duration.ofDays(30))
                .insert(jdbi);
    }
}
