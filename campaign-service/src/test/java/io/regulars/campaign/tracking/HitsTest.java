package io.regulars.campaign.tracking;

import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class HitsTest {

    private static final int MERCHANT = 1_430_002;

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
}
