package io.regulars.campaign.trigger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.audience.Zones;
import io.regulars.campaign.campaign.CampaignActivated;
import io.regulars.campaign.campaign.CampaignResumed;
import io.regulars.campaign.campaign.DayTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.campaign.work.Loop;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Calls the occurrences of campaigns that begin on days: one row of `fan_out` each, by the name of its day, written in
/// the transaction that moves the campaign's clock on. One that comes too late is written as missed, with by how much.
/// A clock that fails is looked at again in a moment, and meanwhile the others go on.
@ApplicationScoped
class TriggerClock {

    private record Due(Plan.Key campaign, Instant tickedAt, Set<String> zones) {}

    private static final Logger LOG = Logger.getLogger(TriggerClock.class);
    private static final int MOST_ZONES = 700;

    private static final String NEXT = """
            select t.merchant_id, t.campaign_id, c.revision, t.ticked_at, t.zones from trigger_clock t
            join campaign c on c.merchant_id = t.merchant_id and c.id = t.campaign_id
            where t.next_at <= :now and c.state = 'active' and not t.campaign_id = any(:resting)
            order by t.next_at limit 1
            for update of t skip locked
            """;

    /// A day may be about to come in a zone that it was not looked at in. In one order, so that two who
    /// bring new zones do not wait for each other.
    private static final String LOOK = """
            update trigger_clock t set next_at = :now
            from (
              select k.merchant_id, k.campaign_id from trigger_clock k
              join campaign c on c.merchant_id = k.merchant_id and c.id = k.campaign_id and c.state <> 'finished'
              where k.merchant_id = any(:merchants) and (k.next_at is null or k.next_at > :now)
              order by 1, 2
              for no key update of k) d
            where t.merchant_id = d.merchant_id and t.campaign_id = d.campaign_id
            """;

    private static final String MOVE = """
            update trigger_clock set ticked_at = greatest(ticked_at, :now), next_at = :next, zones = :zones
            where merchant_id = :merchant and campaign_id = :campaign
            """;

    /// A day that comes to a further zone goes round once more; who is enrolled already stays so.
    private static final String CALL = """
            insert into fan_out (merchant_id, campaign_id, revision, started_at, occurrence, local_at, due_at,
              missed_zones, note, finished_at)
            values (:merchant, :campaign, :revision, :now, :occurrence, :local, :due, :missed, :note,
              case when :due::timestamptz is null then :now::timestamptz end)
            on conflict (merchant_id, campaign_id, occurrence) do update set
              due_at = coalesce(excluded.due_at, fan_out.due_at),
              after_customer = case when excluded.due_at is null then fan_out.after_customer else 0 end,
              finished_at = case when excluded.due_at is null then fan_out.finished_at end,
              missed_zones = fan_out.missed_zones || excluded.missed_zones,
              note = coalesce(excluded.note, fan_out.note)
            """;

    /// Nobody looks at it any more.
    private static final String STOP = """
            update trigger_clock t set next_at = null from campaign c
            where t.merchant_id = :merchant and t.campaign_id = :campaign
              and c.merchant_id = t.merchant_id and c.id = t.campaign_id and c.state = 'finished'
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final TriggerConfig config;
    private final Plans plans;
    private final Shops shops;
    private final Zones zones;
    private final FanOut fanOut;
    private final AfterCommit afterCommit;
    private final Resting resting = new Resting();
    private volatile Loop loop;

    TriggerClock(
            Jdbi jdbi,
            Clock clock,
            TriggerConfig config,
            Plans plans,
            Shops shops,
            Zones zones,
            FanOut fanOut,
            AfterCommit afterCommit) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
        this.plans = plans;
        this.shops = shops;
        this.zones = zones;
        this.fanOut = fanOut;
        this.afterCommit = afterCommit;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("trigger-clock", config.poll(), this::once);
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) CampaignActivated activated) {
        loop.wake();
    }

    /// In the transaction that notes the zone.
    void look(@Observes Zones.Seen seen) {
        jdbi.useHandle(handle -> handle.createUpdate(LOOK)
                .bind("now", clock.instant())
                .bindArray("merchants", Integer.class, List.copyOf(seen.merchants()))
                .execute());
        afterCommit.run(() -> {
            // a topic can bring a zone before the loop has started, which then looks
            Loop started = loop;
            if (started != null) {
                started.wake();
            }
        });
    }

    void finish(@Observes CampaignResumed resumed) {
        jdbi.useHandle(handle -> handle.createUpdate(STOP)
                .bind("merchant", resumed.merchantId())
                .bind("campaign", resumed.campaignId())
                .execute());
    }

    private boolean once() {
        AtomicReference<Due> ticking = new AtomicReference<>();
        try {
            boolean ticked = QuarkusTransaction.requiringNew().call(() -> tick(ticking));
            if (ticked) {
                fanOut.wake();
            }
            return ticked;
        } catch (RuntimeException e) {
            if (ticking.get() != null) {
                resting.add(ticking.get().campaign().campaignId());
            }
            throw e;
        }
    }

    /// @return whether there may be another
    boolean tick() {
        return tick(new AtomicReference<>());
    }

    private boolean tick(AtomicReference<Due> ticking) {
        Optional<Due> due = jdbi.withHandle(handle -> handle.createQuery(NEXT)
                .bind("now", clock.instant())
                .bindArray("resting", Long.class, resting.campaigns())
                .map((row, context) -> new Due(
                        new Plan.Key(row.getInt(1), row.getLong(2), row.getInt(3)),
                        row.getTimestamp(4).toInstant(),
                        new HashSet<>(List.of((String[]) row.getArray(5).getArray()))))
                .findOne());
        due.ifPresent(ticking::set);
        due.ifPresent(this::tick);
        return due.isPresent();
    }

    private void tick(Due due) {
        Instant now = clock.instant();
        Plan plan = plans.load(List.of(due.campaign())).get(due.campaign());
        var trigger = (DayTrigger) plan.definition().trigger();
        Map<String, Instant> seen = zones.of(plan.merchantId(), MOST_ZONES);
        Ticks.Look look = trigger.zone() != null
                ? Ticks.look(trigger.timetable(), Set.of(trigger.zone()), due.tickedAt(), now, trigger.lateLimit())
                : Ticks.look(trigger.timetable(), since(plan, due, seen), now, trigger.lateLimit());
        look.calls().forEach(call -> call(plan, trigger, call, now));
        jdbi.useHandle(handle -> handle.createUpdate(MOVE)
                .bind("merchant", plan.merchantId())
                .bind("campaign", plan.campaignId())
                .bind("now", now)
                .bind("next", look.next())
                .bindArray("zones", String.class, List.copyOf(seen.keySet()))
                .execute());
    }

    /// From when on each zone is looked at: one that came while the clock was read without it from when it
    /// was first seen on.
    private Map<ZoneId, Instant> since(Plan plan, Due due, Map<String, Instant> seen) {
        Map<ZoneId, Instant> since = new HashMap<>();
        since.put(shops.find(plan.merchantId()).zone(), due.tickedAt());
        seen.forEach((name, firstSeen) -> Ticks.zone(name).ifPresent(zone -> {
            boolean looked = due.zones().contains(name) || !firstSeen.isBefore(due.tickedAt());
            Instant from = looked ? due.tickedAt() : later(firstSeen, plan.activatedAt());
            since.merge(zone, from, (one, other) -> one.isBefore(other) ? one : other);
        }));
        return since;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void call(Plan plan, DayTrigger trigger, Ticks.Call call, Instant now) {
        String occurrence = trigger.occurrence(call.local());
        String note = call.missed().isEmpty() ? null : missed(call, now, trigger.lateLimit());
        if (note != null) {
            LOG.warnf("campaign %d: %s %s", plan.campaignId(), occurrence, note);
        }
        jdbi.useHandle(handle -> handle.createUpdate(CALL)
                .bind("merchant", plan.merchantId())
                .bind("campaign", plan.campaignId())
                .bind("revision", plan.revision())
                .bind("now", now)
                .bind("occurrence", occurrence)
                .bind("local", call.local())
                .bind("due", call.calledAt())
                .bindArray("missed", String.class, List.copyOf(call.missed()))
                .bind("note", note)
                .execute());
    }

    private static String missed(Ticks.Call call, Instant now, Duration limit) {
        return "missed in %s: due at %s, seen at %s, and at most %s late is sent"
                .formatted(String.join(", ", call.missed()), call.first(), now, limit);
    }
}
