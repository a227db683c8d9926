package io.regulars.campaign.journey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.CampaignRow;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Purchases;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Trigger.Cause;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.OrderChanged;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Enrolments, and what is told while they are made.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class TurnsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_420_200);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    @Inject
    Plans plans;

    @Inject
    Enrolments enrolments;

    @Inject
    Awakenings awakenings;

    @Inject
    Purchases purchases;

    /// A chunk of a broadcast that is being written: the fact sees no enrolment, and the enrolment no fact.
    @Test
    void missNoFactThatIsToldWhileACustomerIsEnrolled() {
        Plan plan = waitingFor("since", "enrolment");

        var told = QuarkusTransaction.requiringNew().call(() -> {
            enrolments.enrol(List.of(new Enrolments.Entry(plan, 1, new Cause("order:1:paid", Map.of()))));
            var telling = CompletableFuture.runAsync(() -> tell(plan, clock.instant()));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> telling.isDone() || somebodyWaits());
            return telling;
        });
        told.join();

        finishes();
    }

    /// The other way round: the fact was told, and is committed only when a worker has led the customer to the wait.
    @Test
    void missNoFactThatIsCommittedAfterACustomerCameToTheWait() {
        Plan plan = waitingFor("since", "enrolment");

        isEnrolledWhile(plan, at -> told(plan, at));

        finishes();
    }

    /// An order is no less missed: it is seen by nobody who comes to the wait before it is committed.
    @Test
    void missNoOrderThatIsCommittedAfterACustomerCameToTheWait() {
        Plan plan = waitingFor("since", "enrolment", "{\"type\": \"order\"}");

        isEnrolledWhile(plan, at -> {
            awakenings.begin(List.of(new CustomerKey(merchant, 1)), Map.of(merchant, List.of(plan)));
            awakenings.ordered(purchases.apply(List.of(order(at))));
        });

        finishes();
    }

    /// Told, and not committed before the customer waits for a turn or at the wait.
    private void isEnrolledWhile(Plan plan, Consumer<Instant> telling) {
        Instant now = clock.instant();
        var enrolled = QuarkusTransaction.requiringNew().call(() -> {
            telling.accept(now.minusSeconds(30));
            var enrolling = CompletableFuture.runAsync(
                    () -> enrol(plan, new Cause("order:1:paid", Map.of()).happenedAt(now.minusSeconds(60))));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> somebodyWaits() || enrolling.isDone() && waits().equals("1"));
            return enrolling;
        });
        enrolled.join();
    }

    /// Topics come in any order: the fact is read first, and the order, say, that it followed after it.
    @Test
    void missNoFactThatHappenedAfterTheCauseAndWasToldBeforeIt() {
        Plan plan = waitingFor("since", "enrolment");
        Instant now = clock.instant();
        tell(plan, now.minusSeconds(30));

        enrol(plan, new Cause("order:1:paid", Map.of()).happenedAt(now.minusSeconds(60)));

        finishes();
    }

    /// Of what is kept for those who come later the last counts, in whatever order it is told.
    @Test
    void missNoFactThatAnOlderOneIsToldAfter() {
        Plan plan = waitingFor("since", "enrolment");
        Instant now = clock.instant();
        tell(plan, now.minusSeconds(30));
        tell(plan, now.minusSeconds(90));

        enrol(plan, new Cause("order:1:paid", Map.of()).happenedAt(now.minusSeconds(60)));

        finishes();
    }

    /// The wait begins when the customer gets there, however late a worker leads them.
    @Test
    void countFromWhenACustomerCameToTheWait() {
        Plan plan = waitingFor("since", "wait");
        Instant now = clock.instant();
        tell(plan, now.minusSeconds(30));

        enrol(plan, new Cause("order:1:paid", Map.of()).happenedAt(now.minusSeconds(60)));

        finishes();
    }

    @Test
    void countNothingFromBeforeTheCause() {
        Plan plan = waitingFor("since", "enrolment");
        Instant now = clock.instant();
        tell(plan, now.minusSeconds(90));

        enrol(plan, new Cause("order:1:paid", Map.of()).happenedAt(now.minusSeconds(60)));

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> text("select coalesce(awaits ->> 'key', '') from enrolment where merchant_id = :m")
                        .equals("event:checkout_started"));
        assertThat(text("select (awaits ->> 'since')::timestamptz < enrolled_at from enrolment where merchant_id = :m"))
                .isEqualTo("t");
    }

    private void enrol(Plan plan, Cause cause) {
        QuarkusTransaction.requiringNew().run(() -> enrolments.enrol(List.of(new Enrolments.Entry(plan, 1, cause))));
    }

    private void tell(Plan plan, Instant at) {
        QuarkusTransaction.requiringNew().run(() -> told(plan, at));
    }

    private void told(Plan plan, Instant at) {
        var facts = List.of(new Awakenings.Fact(merchant, 1, "event:checkout_started", at));
        var active = Map.of(merchant, List.of(plan));
        awakenings.begin(List.of(new CustomerKey(merchant, 1)), active);
        awakenings.told(facts, active);
    }

    private String waits() {
        return text("select count(*) from enrolment where merchant_id = :m and awaits is not null");
    }

    private void finishes() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> text("select state from enrolment where merchant_id = :m")
                        .equals("finished"));
    }

    private boolean somebodyWaits() {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(
                        handle -> handle.createQuery("""
                                select exists (select from pg_stat_activity where datname = current_database()
                                  and wait_event_type = 'Lock' and query like '%''turn ''%')""").mapTo(Boolean.class).one()));
    }

    private String text(String sql) {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery(sql)
                        .bind("m", merchant)
                        .mapTo(String.class)
                        .one()));
    }

    private OrderChanged order(Instant placedAt) {
        return new OrderChanged(
                merchant,
                7,
                1,
                "o7",
                1,
                OrderChanged.Status.PAID,
                placedAt,
                "CNY",
                null,
                false,
                List.of(new OrderChanged.Line(1, "A", "Product A", "care", 1, 50_00, 1, 50_00)),
                List.of(),
                false);
    }

    private Plan waitingFor(String field, String value) {
        return waitingFor(field, value, "{\"type\": \"event\", \"name\": \"checkout_started\"}");
    }

    private Plan waitingFor(String field, String value, String happening) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into audience (merchant_id, customer_id, profile_version, external_id) values (?, 1, 1, 'u1')",
                merchant));
        long id = CampaignRow.of(merchant, """
                        {"name": "n", "trigger": {"type": "order-paid"}, "steps": [{"type": "wait", "%s": "%s",
                         "forEvent": %s, "timeout": "P9D",
                         "else": [{"type": "wait", "for": "P9D"}]}]}""".formatted(field, value, happening))
                .activatedAgo(Duration.ofHours(1))
                .insert(jdbi);
        return plans.current(merchant, id).orElseThrow();
    }
}
