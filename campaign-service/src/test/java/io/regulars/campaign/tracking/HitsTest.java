package io.regulars.campaign.tracking;

import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.link.LinkTokens;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class HitsTest {

    private static final int MERCHANT = 1_430_002;
    private static final int FETCHED_OFTEN = 1_490_070;

    @Inject
    Jdbi jdbi;

    @Inject
    Hits hits;

    @Test
    void keepsHitsForSomeMoreThanAYear() {
        jdbi.useHandle(handle -> handle.execute("""
                insert into hit (merchant_id, customer_id, message_id, campaign_id, kind, at, agent, judged)
                select ?, 1, i, 1, 'open', now() - i * interval '100 days', 'person', 'person' from generate_series(1, 6) i
                """, MERCHANT));

        QuarkusTransaction.requiringNew().run(() -> hits.forget());

        List<Long> left = jdbi.withHandle(
                handle -> handle.createQuery("select message_id from hit where merchant_id = :m order by message_id")
                        .bind("m", MERCHANT)
                        .mapTo(Long.class)
                        .list());
        assertThat(left).containsExactly(1L, 2L, 3L);
    }

    @Test
    void keepsTwoHundredOfAMessageHoweverOftenItIsFetched() {
        long message = jdbi.withHandle(handle -> handle.createQuery("""
                with made as (
                  insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step,
                    channel, state, planned_at, sent_at, updated_at)
                  values (:m, 1, 1, 1, 1, 'o', 0, 'email', 'sent', now(), now(), now()) returning id
                ), fetched as (
                  insert into hit (merchant_id, customer_id, message_id, campaign_id, kind, at, agent, judged)
                  select :m, 1, id, 1, 'open', now(), 'bot', 'bot' from made, generate_series(1, 200)
                )
                select id from made""")
                .bind("m", FETCHED_OFTEN)
                .mapTo(Long.class)
                .one());

        hits.opened(new LinkTokens.Ref(FETCHED_OFTEN, 1, message, 0), Agent.PERSON);

        int kept = jdbi.withHandle(handle -> handle.createQuery("select count(*) from hit where merchant_id = :m")
                .bind("m", FETCHED_OFTEN)
                .mapTo(Integer.class)
                .one());
        assertThat(kept).isEqualTo(200);
    }
}
