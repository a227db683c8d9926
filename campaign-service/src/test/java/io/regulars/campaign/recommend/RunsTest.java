package io.regulars.campaign.recommend;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.Rivals;
import io.regulars.embedded.ServiceTestResource;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Shops that are due before all others; the service's own worker is one of those who work.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class RunsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_490_080);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Runs runs;

    @Test
    void passOverAShopThatAnotherWorksOn() throws Exception {
        sells(merchant);
        var rivals = new Rivals(jdbi);
        CompletableFuture<Boolean> first;

        QuarkusTransaction.begin();
        try {
            jdbi.useHandle(
                    handle -> handle.execute("select from best_seller where merchant_id = ? for update", merchant));
            QuarkusTransaction.requiringNew().run(() -> due(merchant, 20));
            first = rivals.begin(runs::runDue);

            assertThat(rivals.begin(runs::runDue).get(20, TimeUnit.SECONDS)).isNotNull();
        } finally {
            QuarkusTransaction.rollback();
        }

        assertThat(first.join()).isNotNull();
        finishes(merchant);
    }

    @Test
    void ofAShopThatFailHoldUpNoOther() {
        int other = MERCHANTS.incrementAndGet();
        sells(merchant);
        jdbi.useHandle(handle -> handle.execute("""
                create function refuse_to_forget() returns trigger language plpgsql as $$
                begin raise exception 'not now'; end $$"""));
        jdbi.useHandle(handle -> handle.execute("""
                create trigger refuse_to_forget before delete on best_seller for each row
                when (old.merchant_id = %d) execute function refuse_to_forget()""".formatted(merchant)));
        try {
            due(merchant, 20);
            due(other, 10);

            finishes(other);
        } finally {
            jdbi.useHandle(handle -> handle.execute("drop function refuse_to_forget() cascade"));
        }

        assertThat(number(
                        "select count(*) from recommendation_run where merchant_id = :m and due_at > now()", merchant))
                .isEqualTo(1);
    }

    private void finishes(int shop) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        number("select count(finished_at) from recommendation_run where merchant_id = :m", shop) == 1);
    }

    private void sells(int shop) {
        jdbi.useHandle(handle -> handle.execute("insert into best_seller values (?, '', 1, 'A', 5)", shop));
    }

    private void due(int shop, int daysAgo) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into recommendation_run (merchant_id, due_at) values (?, now() - ? * interval '1 day')",
                shop,
                daysAgo));
    }

    private int number(String sql, int shop) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", shop).mapTo(Integer.class).one());
    }
}
