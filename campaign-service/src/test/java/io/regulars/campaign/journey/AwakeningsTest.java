package io.regulars.campaign.journey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.CampaignRow;
import io.regulars.campaign.audience.Purchases;
import io.regulars.campaign.campaign.Happening;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.OrderChanged;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class AwakeningsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_120_000);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    @Inject
    Journeys journeys;

    @Inject
    Awakenings awakenings;

    @Inject
    Purchases purchases;

    /// Neither sees what the other has not committed: the order must not come while a worker leads to the wait.
    @Test
    void missNobodyWhoGetsToTheWaitInThisMoment() {
        enrol();

        var order = QuarkusTransaction.requiringNew().call(() -> {
            // the service's own workers do not see that it is due
            jdbi.useHandle(handle -> handle.execute(
                    "update enrolment set due_at = ? where merchant_id = ?",
                    clock.instant().minusSeconds(1),
                    merchant));
            assertThat(journeys.advance()).isPositive();
            var coming = CompletableFuture.runAsync(() ->
                    QuarkusTransaction.requiringNew().run(() -> apply(order(1, OrderChanged.Status.PAID))));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> coming.isDone() || somebodyWaits());
            return coming;
        });
        order.join();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> text("select state from enrolment where merchant_id = :m")
                        .equals("finished"));
        assertThat(text("select channel from message where merchant_id = :m")).isEqualTo("inbox");
    }

    @Test
    void areNotCausedByOldNews() {
        enrol();
        QuarkusTransaction.requiringNew().run(() -> {
            apply(order(2, OrderChanged.Status.REFUNDED));
            jdbi.useHandle(handle -> handle.execute("""
                    update enrolment set awaits = '{"key": "order", "subjects": [], "since": "2020-01-01T00:00:00Z"}'
                    where merchant_id = ?""", merchant));
        });

        QuarkusTransaction.requiringNew().run(() -> apply(order(1, OrderChanged.Status.PAID)));

        assertThat(text("select awaits ->> 'key' from enrolment where merchant_id = :m"))
                .isEqualTo("order");
    }

    @Test
    void keepWhatOnlyTheyHearForAWaitThatComesLater() {
        enrol();

        tell("checkout_started", clock.instant());
        tell("checkout_started", clock.instant().minusSeconds(3_600));
        tell("nobody_listens", clock.instant());

        assertThat(text("select step from enrolment where merchant_id = :m")).isEqualTo("0");
        assertThat(text("select count(*) from enrolment, jsonb_object_keys(heard) where merchant_id = :m"))
                .isEqualTo("1");
        assertThat(text("""
                select (heard ->> 'event:checkout_started')::timestamptz > now() - interval '9 minutes' from enrolment
                where merchant_id = :m""")).isEqualTo("t");
    }

    @Test
    void wakeWhoWaitsForAnEventOfTheShop() {
        enrol();
        awaits("event:checkout_started");

        tell("nobody_listens", clock.instant());
        tell("checkout_started", clock.instant().minusSeconds(3_600 * 24));
        assertThat(text("select step from enrolment where merchant_id = :m")).isEqualTo("0");
        tell("checkout_started", clock.instant());

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> text("select state from enrolment where merchant_id = :m")
                        .equals("finished"));
    }

    private void tell(String event, Instant at) {
        QuarkusTransaction.requiringNew()
                .run(() -> awakenings.told(
                        List.of(new Awakenings.Fact(merchant, 1, Happening.key(Happening.EVENT, event), at)),
                        Map.of()));
    }

    private void awaits(String key) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update enrolment set awaits = jsonb_build_object('key', :key::text, 'subjects', '[]'::jsonb, 'since', :since::text) where merchant_id = :m")
                .bind("key", key)
                .bind("since", clock.instant().minusSeconds(60).toString())
                .bind("m", merchant)
                .execute());
    }

    private void apply(OrderChanged order) {
        awakenings.ordered(purchases.apply(List.of(order)));
    }

    private boolean somebodyWaits() {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(
                        handle -> handle.createQuery("""
                                select exists (select from pg_stat_activity where datname = current_database()
                                  and wait_event_type = 'Lock' and query like '%e.listens%')""").mapTo(Boolean.class).one()));
    }

    private String text(String sql) {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery(sql)
                        .bind("m", merchant)
                        .mapTo(String.class)
                        .one()));
    }

    private OrderChanged order(long version, OrderChanged.Status status) {
        var line = new OrderChanged.Line(1, "A", "Product A", "care", 1, 50_00, 1, 50_00);
        return new OrderChanged(
                merchant,
                10,
                version,
                "o",
                1,
                status,
                clock.instant(),
                "CNY",
                null,
                false,
                List.of(line),
                List.of(),
                false);
    }

    /// One customer before the wait, and not due.
    private void enrol() {
        jdbi.useTransaction(handle -> {
            handle.execute("insert into guardrail values (?, 1, '{}', now(), 'test')", merchant);
            handle.execute(
                    "insert into audience (merchant_id, customer_id, profile_version, external_id) values (?, 1, 1, 'u1')",
                    merchant);
            var campaign = CampaignRow.of(merchant, """
                            {"name": "n", "trigger": {"type": "broadcast"}, "steps": [
                              {"type": "wait", "forEvent": {"type": "order"}, "timeout": "P9D", "then": [
                                {"type": "send", "channel": "inbox", "template": {"text": "t"}}]}]}""").insert(handle);
            handle.createUpdate("""
                            insert into enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, state,
                              due_at, listens, enrolled_at, updated_at)
                            values (:m, 1, :campaign, 1, 'broadcast', 'active', :later,
                              '["order", "event:checkout_started"]', :before, :before)""")
                    .bind("m", merchant)
                    .bind("campaign", campaign)
                    .bind("later", Instant.parse("2090-01-01T00:00:00Z"))
                    .bind("before", clock.instant().minusSeconds(60))
                    .execute();
        });
    }
}
