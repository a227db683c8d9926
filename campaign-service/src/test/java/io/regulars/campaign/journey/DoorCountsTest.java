package io.regulars.campaign.journey;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.AtOnce;
import io.regulars.campaign.campaign.Plan;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class DoorCountsTest {

    private static final int MERCHANT = 1_480_701;
    private static final int DAYS = 9;

    @Inject
    Jdbi jdbi;

    @Inject
    DoorCounts doors;

    /// Somebody has the first of them, and is about to take a later one.
    @Test
    void leaveTheLaterDaysAloneWhileTheFirstIsWaitedFor() {
        long campaign = campaign();

        AtOnce.inTheMidst(
                        jdbi,
                        () -> lock(campaign, "= 'date:1' for update"),
                        () -> QuarkusTransaction.requiringNew().call(() -> {
                            doors.count(refused(campaign));
                            return true;
                        }),
                        () -> assertThat(lock(campaign, "<> 'date:1' for update skip locked"))
                                .isEqualTo(DAYS - 1))
                .join();

        assertThat(number("select sum(refused) from fan_out where campaign_id = " + campaign))
                .isEqualTo(DAYS);
    }

    private List<Enrolment> refused(long campaign) {
        return IntStream.rangeClosed(1, DAYS)
                .mapToObj(day -> new Enrolment(
                        new Enrolment.Key(MERCHANT, 1, day),
                        new Plan.Key(MERCHANT, campaign, 1),
                        "date:" + day,
                        "refused",
                        0,
                        null,
                        Instant.EPOCH,
                        Map.of()))
                .toList();
    }

    private int lock(long campaign, String which) {
        return number("select count(*) from (select from fan_out where campaign_id = %d and occurrence %s) locked"
                .formatted(campaign, which));
    }

    private int number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    /// The first day lies last in the table: it is not by chance that it comes first.
    private long campaign() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with made as (
                          insert into campaign (merchant_id, revision, name, state, salt, definition, created_by,
                            created_at, updated_at, activated_at)
                          values (:m, 1, 'n', 'finished', 's', '{}', 'test', now(), now(), now())
                          returning merchant_id, id
                        ), called as (
                          insert into fan_out (merchant_id, campaign_id, revision, occurrence, enrolled, started_at,
                            finished_at)
                          select merchant_id, id, 1, 'date:' || day, 1, now(), now()
                          from made, generate_series(:days, 1, -1) day
                        )
                        select id from made""")
                .bind("m", MERCHANT)
                .bind("days", DAYS)
                .mapTo(Long.class)
                .one());
    }
}
