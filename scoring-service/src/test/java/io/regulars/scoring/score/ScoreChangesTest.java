package io.regulars.scoring.score;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTopics;
import io.regulars.events.MerchantChanged;
import io.regulars.scoring.score.ScoreChanges.Place;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Whoever follows the scores misses none, in whatever order the transactions end.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ScoreChangesTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(950_000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int merchant = MERCHANTS.incrementAndGet();
    private Place place = Place.BEGINNING;

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    @Inject
    Rescore rescore;

    @Inject
    ScoreChanges changes;

    @BeforeEach
    void openShop() {
        TestTopics.publish(new MerchantChanged(merchant, 1, "Shop", "Asia/Shanghai", "CNY", "zh-CN", List.of()));
        await().atMost(PATIENCE)
                .until(() -> number("select count(*) from recompute where merchant_id = :m and state = 'done'") == 1);
        jdbi.useHandle(handle -> handle.execute(
                "insert into history (merchant_id, customer_id) select ?, c from generate_series(1, 5) c", merchant));
    }

    @Test
    void whatBeganFirstAndEndedLastIsNotPassedOver() {
        var byNumber = new long[1];
        var followed = new ArrayList<Long>();

        QuarkusTransaction.requiringNew().run(() -> {
            score(1);
            elsewhere(() -> score(2));
            // the second has ended, the first has not
            assertThat(elsewhere(() -> after(0))).containsExactly(2L);
            byNumber[0] = elsewhere(this::last);
            followed.addAll(elsewhere(() -> read(100)));
        });

        // who goes by the numbers alone never sees the first
        assertThat(elsewhere(() -> after(byNumber[0]))).isEmpty();
        assertThat(followed).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> {
            followed.addAll(elsewhere(() -> read(100)));
            assertThat(followed).containsExactly(1L, 2L);
        });
    }

    @Test
    void eachCustomerComesOnceWithThePresentScore() {
        elsewhere(() -> score(1));
        elsewhere(() -> score(2));
        buys(1);
        elsewhere(() -> score(1));

        var read = untilEmpty(1);

        assertThat(read).containsExactly(2L, 1L);
        buys(2);
        elsewhere(() -> score(2));
        assertThat(untilEmpty(1)).containsExactly(2L);
    }

    @Test
    void aScoreThatStaysTheSameIsNoChange() {
        elsewhere(() -> score(1));
        assertThat(untilEmpty(100)).containsExactly(1L);

        elsewhere(() -> score(1));
        elsewhere(() -> score(2));

        assertThat(untilEmpty(100)).containsExactly(2L);
    }

    @Test
    void erasedCustomersAreLeftOutAndHoldNobodyUp() {
        for (var customer = 1; customer <= 3; customer++) {
            var one = customer;
            elsewhere(() -> score(one));
        }
        jdbi.useHandle(handle ->
                handle.execute("update history set erased = true where merchant_id = ? and customer_id = 2", merchant));

        assertThat(untilEmpty(1)).containsExactly(1L, 3L);
    }

    @Test
    void numbersThatCameWithADumpAreGivenAnew() {
        elsewhere(() -> score(1));
        jdbi.useHandle(handle -> handle.execute(
                "update score_change set changed_xid = '9000000000000000' where merchant_id = ?", merchant));
        QuarkusTransaction.requiringNew().run(() -> changes.renumber(merchant));

        assertThat(untilEmpty(100)).containsExactly(1L);
    }

    /// Until what is there has all been read: others' transactions may keep it back for a moment.
    private List<Long> untilEmpty(int limit) {
        var read = new ArrayList<Long>();
        await().atMost(PATIENCE).until(() -> {
            read.addAll(elsewhere(() -> read(limit)));
            return place.customer() == 0 && place.xid() > elsewhere(this::last);
        });
        return read;
    }

    private List<Long> read(int limit) {
        var found = changes.since(merchant, place, changes.now(), limit);
        place = found.next();
        return found.scores().stream().map(ScoreList.Row::customerId).toList();
    }

    /// As one reads who goes by the numbers alone.
    private List<Long> after(long xid) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select customer_id from score_change
                        where merchant_id = :m and changed_xid > :xid::xid8 order by changed_xid
                        """)
                .bind("m", merchant)
                .bind("xid", String.valueOf(xid))
                .mapTo(Long.class)
                .list());
    }

    private long last() {
        return number("select max(changed_xid)::text::bigint from score_change where merchant_id = :m");
    }

    private int score(long customer) {
        return rescore.rescore(merchant, List.of(customer), clock.instant(), Cause.recompute());
    }

    private void buys(long customer) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update history set days = array[:day]::int[], orders = '{1}', amounts = '{5000}',
                          promotions = '{0}', promotion_amounts = '{0}'
                        where merchant_id = :m and customer_id = :c
                        """)
                .bind("m", merchant)
                .bind("c", customer)
                .bind("day", clock.instant().getEpochSecond() / 86_400)
                .execute());
    }

    private static <T> T elsewhere(Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(work);
    }

    private long number(String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", merchant).mapTo(Long.class).one());
    }
}
