package io.regulars.campaign.message;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Workers that claim at the same time, as those of several replicas do.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class ClaimingTest {

    private static final int MERCHANT = 900_001;

    @Inject
    Jdbi jdbi;

    @Inject
    DueMessages due;

    @Test
    void keepTheCapTogether() throws Exception {
        fill(40);

        List<Integer> claimed = inParallel(
                12,
                () -> QuarkusTransaction.requiringNew()
                        .call(() -> due.claim(
                                        Channel.EMAIL, 3, UUID.randomUUID().toString())
                                .claimed()
                                .size()));

        // the service's own worker may have taken some of the places meanwhile
        assertThat(claimed.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(2);
        assertThat(count("counted_at is not null")).isEqualTo(2);
        assertThat(count("state = 'held'")).isPositive();
    }

    private void fill(int messages) {
        jdbi.useHandle(handle -> {
            handle.createUpdate("""
                            insert into guardrail values (:m, 1,
                              '{"caps": [{"channel": "email", "max": 2, "per": "P7D"}]}', now(), 'test')""").bind("m", MERCHANT).execute();
            handle.createUpdate("""
                            insert into audience (merchant_id, customer_id, profile_version, external_id, email,
                              email_consent, unsubscribe_token)
                            values (:m, 1, 1, 'u1', 'nobody@example.com', true, 't')""").bind("m", MERCHANT).execute();
            String definition = """
                    {"name": "n", "trigger": {"type": "broadcast"}, "steps": [{"type": "send", "channel": "email",
                     "template": {"subject": "s", "text": "t"}}]}""";
            handle.createUpdate("""
                            with made as (
                              insert into campaign (merchant_id, revision, name, state, salt, definition, created_by,
                                created_at, updated_at, activated_at)
                              select :m, 1, 'n', 'active', 's', :d::jsonb, 'test', now(), now(), now()
                              from generate_series(1, :n)
                              returning merchant_id, id
                            ), saved as (
                              insert into campaign_revision
                              select merchant_id, id, 1, :d::jsonb, now(), 'test' from made
                            ), enrolled as (
                              insert into enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, state,
                                enrolled_at, updated_at)
                              select merchant_id, 1, id, 1, 'broadcast', 'finished', now(), now() from made
                              returning merchant_id, id, campaign_id
                            )
                            insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence,
                              step, channel, state, due_at, planned_at, updated_at)
                            select merchant_id, 1, campaign_id, 1, id, 'broadcast', 0, 'email', 'planned',
                              now() - interval '1 minute', now(), now()
                            from enrolled""")
                    .bind("m", MERCHANT)
                    .bind("d", definition)
                    .bind("n", messages)
                    .execute();
        });
    }

    private int count(String where) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from message where merchant_id = :m and " + where)
                        .bind("m", MERCHANT)
                        .mapTo(Integer.class)
                        .one());
    }

    private static List<Integer> inParallel(int threads, Callable<Integer> work) throws Exception {
        List<Integer> answers = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (Future<Integer> one : pool.invokeAll(java.util.Collections.nCopies(threads, work))) {
                answers.add(one.get());
            }
        }
        return answers;
    }
}
