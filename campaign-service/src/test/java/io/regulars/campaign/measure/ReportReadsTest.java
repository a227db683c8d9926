package io.regulars.campaign.measure;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TableReads;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// A report joins the orders of its customers once, whether the planner looks them up or puts them beside each other:
/// never one customer's with each other's.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class ReportReadsTest {

    private static final int MERCHANT = 1_410_011;
    private static final long CAMPAIGN = 14_100_110;
    private static final int CUSTOMERS = 5_000;

    /// Each customer's earlier orders, which a report does not count.
    private static final int EARLIER = 6;

    @Inject
    Jdbi jdbi;

    @Inject
    Enrolled enrolled;

    @Inject
    Attribution attribution;

    @Inject
    Outcomes outcomes;

    @Test
    void readEachOrderOnceForAQuestion() {
        Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(3));
        fill(begin);
        var scope = new Scope(MERCHANT, CAMPAIGN, begin, begin.plus(Duration.ofDays(2)), Duration.ofDays(7));

        TableReads reached =
                read(() -> assertThat(enrolled.reached(scope).bought()).isEqualTo(450));
        TableReads shared = read(() -> assertThat(attribution.share(scope, Model.LAST_TOUCH))
                .singleElement()
                .extracting(Attribution.Row::sales)
                .isEqualTo(45_000L));
        TableReads compared = read(() -> assertThat(outcomes.of(scope, begin).draws())
                .extracting(drawn -> drawn.arm().converted())
                .containsExactlyInAnyOrder(450L, 50L));

        assertThat(List.of(reached, shared, compared))
                .allSatisfy(read -> assertThat(read.rowsOf(Set.of("purchase_order")))
                        .isLessThanOrEqualTo(CUSTOMERS * EARLIER + CUSTOMERS / 10 + TableReads.OF_THE_PLANNER));
    }

    private TableReads read(Runnable query) {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> {
                    TableReads before = TableReads.soFar(handle.getConnection());
                    query.run();
                    return TableReads.soFar(handle.getConnection()).since(before);
                }));
    }

    private void fill(Instant begin) {
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into campaign (merchant_id, id, revision, name, state, salt, definition, created_by, created_at,
                      updated_at, activated_at)
                    values (?, ?, 1, 'n', 'active', 's', '{}', 'test', now(), now(), now())""", MERCHANT, CAMPAIGN);
            handle.createUpdate("""
                            with made as (
                              insert into enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, state, reason,
                                enrolled_at, updated_at, holdout_percent)
                              select :m, i, :k, 1, 'broadcast', case when i % 10 = 0 then 'held-out' else 'finished' end,
                                'in the holdout', :at, :at, 10 from generate_series(1, :n) i returning *)
                            insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step,
                              channel, state, planned_at, sent_at, updated_at)
                            select merchant_id, customer_id, campaign_id, 1, id, occurrence, 0, 'email', 'sent', :at, :at, :at
                            from made where state = 'finished'""")
                    .bind("m", MERCHANT)
                    .bind("k", CAMPAIGN)
                    .bind("at", begin)
                    .bind("n", CUSTOMERS)
                    .execute();
            handle.createUpdate("""
                            insert into purchase_order (merchant_id, customer_id, order_id, version, external_id, placed_at, kept)
                            select :m, i, i * 10 + k, 1, 'T', :at::timestamptz - k * interval '30 days', 100
                            from generate_series(1, :n) i, generate_series(1, :earlier) k
                            union all
                            select :m, i * 10 + i % 10, i * 100 + 7, 1, 'T', :at::timestamptz + interval '1 day', 100
                            from generate_series(1, :n / 10) i""")
                    .bind("m", MERCHANT)
                    .bind("at", begin)
                    .bind("n", CUSTOMERS)
                    .bind("earlier", EARLIER)
                    .execute();
            handle.execute("analyze purchase_order, enrolment, message");
        });
    }
}
