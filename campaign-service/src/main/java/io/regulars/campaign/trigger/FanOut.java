package io.regulars.campaign.trigger;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.CampaignActivated;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.SizeBreaker;
import io.regulars.campaign.journey.Enrolments;
import io.regulars.campaign.work.Loop;
import io.regulars.events.ScoreChanged.RepurchaseWindow;
import io.regulars.kit.fault.KillPoint;
import org.jdbi.v3.core.Jdbi;

/// Enrols those who are there already, of a broadcast all: a chunk at a time in the order of their ids, the
/// place kept in the same transaction, so that it goes on after a crash or a pause where it was.
@ApplicationScoped
class FanOut {

    private record Place(Plan.Key campaign, long afterCustomer, long enrolled) {}

    private static final String NEXT = """
            select f.merchant_id, f.campaign_id, f.revision, f.after_customer, f.enrolled from fan_out f
            join campaign c on c.merchant_id = f.merchant_id and c.id = f.campaign_id
            where f.finished_at is null and c.state = 'active'
            order by f.started_at limit 1
            for update of f skip locked
            """;

    private static final String MOVE = """
            update fan_out set after_customer = :after, enrolled = enrolled + :enrolled,
              finished_at = case when :finished then :now::timestamptz end
            where merchant_id = :merchant and campaign_id = :campaign
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final FanOutConfig config;
    private final Plans plans;
    private final Audiences audiences;
    private final Shops shops;
    private final Enrolments enrolments;
    private final SizeBreaker breaker;
    private volatile Loop loop;

    FanOut(
            Jdbi jdbi,
            Clock clock,
            FanOutConfig config,
            Plans plans,
            Audiences audiences,
            Shops shops,
            Enrolments enrolments,
            SizeBreaker breaker) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
        this.plans = plans;
        this.audiences = audiences;
        this.shops = shops;
        this.enrolments = enrolments;
        this.breaker = breaker;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start(
                "fan-out",
                config.poll(),
                () -> QuarkusTransaction.requiringNew().call(this::chunk));
    }

    /// When the activation is committed.
    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) CampaignActivated activated) {
        loop.wake();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    /// @return whether there is more
    private boolean chunk() {
        Optional<Place> next = jdbi.withHandle(handle -> handle.createQuery(NEXT)
                .map((row, context) -> new Place(
                        new Plan.Key(row.getInt(1), row.getLong(2), row.getInt(3)), row.getLong(4), row.getLong(5)))
                .findOne());
        next.ifPresent(this::enrolFrom);
        return next.isPresent();
    }

    private void enrolFrom(Place place) {
        int merchant = place.campaign().merchantId();
        Plan plan = plans.load(List.of(place.campaign())).get(place.campaign());
        List<Customer> chunk =
                audiences.after(merchant, plan.definition().audience(), place.afterCustomer(), config.chunk());
        var categories = shops.categories(
                merchant,
                chunk.stream()
                        .flatMap(customer -> customer.standing().windows().stream())
                        .map(RepurchaseWindow::productCode)
                        .collect(Collectors.toSet()));
        List<Enrolments.Entry> entries = chunk.stream()
                .flatMap(customer -> plan.definition().trigger().causes(customer.standing(), categories).stream()
                        .map(cause -> new Enrolments.Entry(plan, customer.id(), cause)))
                .toList();
        if (!breaker.letsFanOut(plan, place.afterCustomer() == 0, place.enrolled() + entries.size())) {
            return;
        }
        int enrolled = enrolments.enrolAndLead(entries, chunk);
        jdbi.useHandle(handle -> handle.createUpdate(MOVE)
                .bind(
                        "after",
                        chunk.isEmpty()
                                ? place.afterCustomer()
                                : chunk.getLast().id())
                .bind("enrolled", enrolled)
                .bind("finished", chunk.size() < config.chunk())
                .bind("now", clock.instant())
                .bind("merchant", merchant)
                .bind("campaign", place.campaign().campaignId())
                .execute());
        KillPoint.FAN_OUT_IN_CHUNK.reach();
    }
}
