package io.regulars.campaign.trigger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.campaign.CampaignActivated;
import io.regulars.campaign.campaign.DayTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.SizeBreaker;
import io.regulars.campaign.journey.Enrolments;
import io.regulars.campaign.work.Loop;
import io.regulars.kit.fault.KillPoint;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Enrols those who are there already, of a broadcast all, of a day those whom it concerns: a chunk at a time
/// in the order of their ids, the place kept in the same transaction, so that it goes on after a crash or a
/// pause where it was. A day is not carried on into hours in which it would be too late. A chunk that fails is tried
/// again in a moment, and meanwhile the other campaigns go on.
@ApplicationScoped
class FanOut {

    /// @param met who was enrolled or refused so far
    private record Begun(Crowd.Place place, long met) {}

    private static final Enrolments.Entered NOBODY = new Enrolments.Entered(0, 0);

    private record Moved(long after, Enrolments.Entered entered, int late, boolean finished, String note) {}

    private static final Logger LOG = Logger.getLogger(FanOut.class);

    private static final String NEXT = """
            select f.merchant_id, f.campaign_id, f.revision, f.after_customer, f.occurrence, f.local_at, f.due_at,
              f.missed_zones, f.enrolled + f.refused as met from fan_out f
            join campaign c on c.merchant_id = f.merchant_id and c.id = f.campaign_id
            where f.finished_at is null and c.state = 'active' and not f.campaign_id = any(:resting)
            order by f.started_at limit 1
            for update of f skip locked
            """;

    private static final String MOVE = """
            update fan_out set after_customer = :after, enrolled = enrolled + :enrolled, refused = refused + :refused,
              late = case when after_customer = 0 and :note::text is null then 0 else late end + :late,
              finished_at = case when :finished then :now::timestamptz end, note = coalesce(:note, note)
            where merchant_id = :merchant and campaign_id = :campaign and occurrence = :occurrence
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final FanOutConfig config;
    private final Plans plans;
    private final Crowd crowd;
    private final Enrolments enrolments;
    private final SizeBreaker breaker;
    private final Resting resting = new Resting();
    private volatile Loop loop;

    FanOut(
            Jdbi jdbi,
            Clock clock,
            FanOutConfig config,
            Plans plans,
            Crowd crowd,
            Enrolments enrolments,
            SizeBreaker breaker) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
        this.plans = plans;
        this.crowd = crowd;
        this.enrolments = enrolments;
        this.breaker = breaker;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("fan-out", config.poll(), this::once);
    }

    /// A day can be called before the loop has started, which then finds it.
    void wake() {
        Loop started = loop;
        if (started != null) {
            started.wake();
        }
    }

    /// When the activation is committed.
    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) CampaignActivated activated) {
        loop.wake();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    /// @return whether there is more
    private boolean once() {
        AtomicReference<Begun> begun = new AtomicReference<>();
        try {
            return QuarkusTransaction.requiringNew().call(() -> chunk(begun));
        } catch (RuntimeException e) {
            if (begun.get() != null) {
                resting.add(begun.get().place().campaign().campaignId());
            }
            throw e;
        }
    }

    private boolean chunk(AtomicReference<Begun> begun) {
        Optional<Begun> next = jdbi.withHandle(handle -> handle.createQuery(NEXT)
                .bindArray("resting", Long.class, resting.campaigns())
                .map((row, context) -> new Begun(place(row), row.getLong("met")))
                .findOne());
        next.ifPresent(begun::set);
        next.ifPresent(this::enrolFrom);
        return next.isPresent();
    }

    private void enrolFrom(Begun begun) {
        Crowd.Place place = begun.place();
        Plan plan = plans.load(List.of(place.campaign())).get(place.campaign());
        Instant now = clock.instant();
        if (tooLate(plan, place, now)) {
            String note = "stopped at %s, too late for what was due at %s".formatted(now, place.dueAt());
            LOG.warnf("campaign %d: %s %s", plan.campaignId(), place.occurrence(), note);
            move(place, new Moved(place.afterCustomer(), NOBODY, 0, true, note));
            return;
        }
        Crowd.Next next = crowd.after(plan, place, now, config.chunk());
        // a day goes round once for each zone: who was enrolled by an earlier round is neither new nor late
        List<Enrolments.Entry> entries = fresh(place, next.entries());
        int late = fresh(place, next.late()).size();
        if (!breaker.letsFanOut(plan, place.afterCustomer() == 0, begun.met() + entries.size())) {
            return;
        }
        Enrolments.Entered entered = enrolments.enrolAndLead(entries, next.customers());
        move(place, new Moved(next.last(), entered, late, next.finished(), null));
        KillPoint.FAN_OUT_IN_CHUNK.reach();
    }

    private List<Enrolments.Entry> fresh(Crowd.Place place, List<Enrolments.Entry> entries) {
        return place.localAt() == null ? entries : enrolments.notYet(entries);
    }

    private static boolean tooLate(Plan plan, Crowd.Place place, Instant now) {
        return plan.definition().trigger() instanceof DayTrigger day
                && place.dueAt() != null
                && place.dueAt().plus(day.lateLimit()).isBefore(now);
    }

    private void move(Crowd.Place place, Moved moved) {
        if (moved.late() > 0) {
            LOG.infof(
                    "campaign %d: %s came too late for %d customers",
                    place.campaign().campaignId(), place.occurrence(), moved.late());
        }
        jdbi.useHandle(handle -> handle.createUpdate(MOVE)
                .bind("after", moved.after())
                .bind("enrolled", moved.entered().enrolled())
                .bind("refused", moved.entered().refused())
                .bind("late", moved.late())
                .bind("finished", moved.finished())
                .bind("note", moved.note())
                .bind("now", clock.instant())
                .bind("merchant", place.campaign().merchantId())
                .bind("campaign", place.campaign().campaignId())
                .bind("occurrence", place.occurrence())
                .execute());
    }

    private static Crowd.Place place(ResultSet row) throws SQLException {
        Timestamp due = row.getTimestamp("due_at");
        return new Crowd.Place(
                new Plan.Key(row.getInt("merchant_id"), row.getLong("campaign_id"), row.getInt("revision")),
                row.getLong("after_customer"),
                row.getString("occurrence"),
                row.getObject("local_at", LocalDateTime.class),
                due == null ? null : due.toInstant(),
                new HashSet<>(List.of((String[]) row.getArray("missed_zones").getArray())));
    }
}
