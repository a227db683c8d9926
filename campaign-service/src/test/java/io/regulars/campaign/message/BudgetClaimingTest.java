package io.regulars.campaign.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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

/// Workers that claim at the same time against one budget, as those of several replicas do.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class BudgetClaimingTest {

    private static final int MERCHANT = 1_140_001;
    private static final int ANOTHER = 1_140_002;

    @Inject
    Jdbi jdbi;

    @Inject
    DueMessages due;

    @Inject
    Transitions transitions;

    @Test
    void keepTheBudgetTogether() throws Exception {
        fill(MERCHANT, 60, 7);

        List<Integer> claimed = inParallel(
                12,
                () -> QuarkusTransaction.requiringNew()
                        .call(() -> due
                                .claim(Channel.EMAIL, 5, UUID.randomUUID().toString())
                                .claimed()
                                .stream()
                                .filter(one -> one.key().merchantId() == MERCHANT)
                                .toList()
                                .size()));

        // the service's own worker may have taken some meanwhile, and what it sent or failed to send
        assertThat(claimed.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(7);
        assertThat(number(MERCHANT, "select used from budget where merchant_id = :m"))
                .isBetween(1, 7);
        assertThat(number(MERCHANT, """
                        select used - (select count(*) from message where merchant_id = :m and charged is not null)
                        from budget where merchant_id = :m""")).isZero();
    }

    @Test
    void giveBackWhatSurelyDidNotGo() {
        QuarkusTransaction.begin();
        try {
            // seen by nobody else, so that the service's own worker does not take it first
            fill(ANOTHER, 1, 3);
            String claim = UUID.randomUUID().toString();
            var batch = due.claim(Channel.EMAIL, 500, claim);
            var mine = batch.claimed().stream()
                    .filter(one -> one.key().merchantId() == ANOTHER)
                    .toList();
            assertThat(number(ANOTHER, "select used from budget where merchant_id = :m"))
                    .isEqualTo(1);

            transitions.apply(List.of(Transition.back(mine.getFirst().key(), claim, Instant.EPOCH)));

            assertThat(number(ANOTHER, "select used from budget where merchant_id = :m"))
                    .isZero();
            assertThat(number(ANOTHER, "select count(*) from message where merchant_id = :m and charged is not null"))
                    .isZero();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private void fill(int merchant, int customers, int budget) {
        String definition = """
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [{"type": "send", "channel": "email",
                 "template": {"subject": "s", "text": "t"}}]}""";
        jdbi.useHandle(handle -> {
            handle.execute("insert into guardrail values (?, 1, '{}', now(), 'test')", merchant);
            handle.execute(
                    "insert into budget (merchant_id, campaign_id, kind, per, most) values (?, 0, 'messages', 'all', ?)",
                    merchant,
                    budget);
            handle.execute("""
                    insert into audience (merchant_id, customer_id, profile_version, external_id, email, email_consent,
                      unsubscribe_token)
                    select ?, i, 1, 'u' || i, 'u' || i || '@example.com', true, 't' from generate_series(1, ?) i""", merchant, customers);
            handle.createUpdate("""
                            with made as (
                              insert into campaign (merchant_id, revision, name, state, salt, definition, created_by,
                                created_at, updated_at, activated_at)
                              values (:m, 1, 'n', 'active', 's', :d::jsonb, 'test', now(), now(), now())
                              returning merchant_id, id
                            ), saved as (
                              insert into campaign_revision select merchant_id, id, 1, :d::jsonb, now(), 'test' from made
                            ), enrolled as (
                              insert into enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, state,
                                enrolled_at, updated_at)
                              select merchant_id, i, id, 1, 'broadcast', 'finished', now(), now()
                              from made, generate_series(1, :n) i
                              returning merchant_id, customer_id, id, campaign_id
                            )
                            insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence,
                              step, channel, state, due_at, planned_at, updated_at)
                            select merchant_id, customer_id, campaign_id, 1, id, 'broadcast', 0, 'email', 'planned',
                              now() - interval '1 minute', now(), now()
                            from enrolled""")
                    .bind("m", merchant)
                    .bind("d", definition)
                    .bind("n", customers)
                    .execute();
        });
    }

    private int number(int merchant, String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", merchant).mapTo(Integer.class).one());
    }

    private static List<Integer> inParallel(int threads, Callable<Integer> work) throws Exception {
        List<Integer> answers = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (Future<Integer> one : pool.invokeAll(Collections.nCopies(threads, work))) {
                answers.add(one.get());
            }
        }
        return answers;
    }
}
