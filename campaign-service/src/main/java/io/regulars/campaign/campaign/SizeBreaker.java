package io.regulars.campaign.campaign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.guardrail.Guardrails;
import io.regulars.campaign.guardrail.Notices;
import io.regulars.campaign.guardrail.Policy;
import io.regulars.campaign.webhook.Announcements;
import io.regulars.campaign.webhook.EventType;
import io.regulars.campaign.webhook.News;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Stops a campaign that is about to reach far more customers than was expected, until somebody says that it
/// may. The whole list mailed instead of ten is the fault it is for (Mautic #11092).
@ApplicationScoped
public class SizeBreaker {

    private static final Logger LOG = Logger.getLogger(SizeBreaker.class);
    private static final Duration SLOT = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofHours(1);

    private static final String EXPECTED = """
            select expected_audience from campaign where merchant_id = :merchant and id = :campaign
            """;

    private static final String STOP = """
            update campaign set state = 'paused', stopped_at_audience = :size, updated_at = :now
            where merchant_id = :merchant and id = :campaign and state = 'active'
            """;

    private static final String PACE = """
            insert into campaign_pace (merchant_id, campaign_id, slot, enrolled)
            values (:merchant, :campaign, :slot, :enrolled)
            on conflict (merchant_id, campaign_id, slot) do update
              set enrolled = campaign_pace.enrolled + excluded.enrolled
            """;

    private static final String FORGET = """
            delete from campaign_pace where merchant_id = :merchant and campaign_id = :campaign and slot < :since
            """;

    private static final String WITHIN_AN_HOUR = """
            select coalesce(sum(enrolled), 0) from campaign_pace
            where merchant_id = :merchant and campaign_id = :campaign and slot > :since
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Guardrails guardrails;
    private final Audiences audiences;
    private final Notices notices;
    private final Announcements announcements;

    SizeBreaker(
            Jdbi jdbi,
            Clock clock,
            Guardrails guardrails,
            Audiences audiences,
            Notices notices,
            Announcements announcements) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.guardrails = guardrails;
        this.audiences = audiences;
        this.notices = notices;
        this.announcements = announcements;
    }

    /// Whether a campaign may go on enrolling those who are there already: counted before it begins, and again
    /// while they come. Where it may not it is paused.
    ///
    /// @param enrolled so far, and with those who would come next
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean letsFanOut(Plan plan, boolean begins, long enrolled) {
        Policy.Breaker breaker = guardrails.of(plan.merchantId()).policy().breaker();
        if (breaker == null) {
            return true;
        }
        Long expected = expected(plan);
        if (expected == null) {
            return true;
        }
        long most = breaker.most(expected);
        if (!begins && enrolled <= most) {
            return true;
        }
        long found = Math.max(enrolled, picked(plan));
        if (found > most) {
            stop(plan, expected, found, "in all");
        }
        return found <= most;
    }

    /// What triggers enrolled just now, by campaign; a campaign that states its size and goes beyond it within
    /// an hour is paused, so that its messages wait.
    @Transactional(Transactional.TxType.MANDATORY)
    public void enrolled(Map<Plan, Long> enrolled) {
        Map<Long, Plan> inOneOrder = new TreeMap<>();
        enrolled.keySet().stream()
                .filter(plan -> plan.definition().rules().expectedAudience() != null)
                .forEach(plan -> inOneOrder.put(plan.campaignId(), plan));
        inOneOrder.values().forEach(plan -> enrolled(plan, enrolled.get(plan)));
    }

    private void enrolled(Plan plan, long more) {
        Policy.Breaker breaker = guardrails.of(plan.merchantId()).policy().breaker();
        if (breaker == null || more == 0) {
            return;
        }
        Instant now = clock.instant();
        long withinAnHour = jdbi.withHandle(handle -> {
            handle.createUpdate(PACE)
                    .bind("merchant", plan.merchantId())
                    .bind("campaign", plan.campaignId())
                    .bind("slot", Instant.ofEpochSecond(now.getEpochSecond() / SLOT.toSeconds() * SLOT.toSeconds()))
                    .bind("enrolled", more)
                    .execute();
            handle.createUpdate(FORGET)
                    .bind("merchant", plan.merchantId())
                    .bind("campaign", plan.campaignId())
                    .bind("since", now.minus(WINDOW.multipliedBy(2)))
                    .execute();
            return handle.createQuery(WITHIN_AN_HOUR)
                    .bind("merchant", plan.merchantId())
                    .bind("campaign", plan.campaignId())
                    .bind("since", now.minus(WINDOW))
                    .mapTo(Long.class)
                    .one();
        });
        Long expected = expected(plan);
        if (expected != null && withinAnHour > breaker.most(expected)) {
            stop(plan, expected, withinAnHour, "within an hour");
        }
    }

    /// Why a campaign that would enrol so many would stop itself.
    ///
    /// @param found by a broadcast in all, by a trigger within an hour
    Optional<String> objection(Plan plan, Long expected, long found) {
        Policy.Breaker breaker = guardrails.of(plan.merchantId()).policy().breaker();
        return breaker == null || expected == null || found <= breaker.most(expected)
                ? Optional.empty()
                : Optional.of("breaker: expected %d customers, would reach %d, and may reach %d"
                        .formatted(expected, found, breaker.most(expected)));
    }

    /// Whom a broadcast reaches is known beforehand; for a trigger those of the audience need a cause, too.
    private long picked(Plan plan) {
        return plan.definition().trigger() instanceof Trigger.Broadcast
                ? audiences
                        .count(plan.merchantId(), plan.definition().audience())
                        .customers()
                : 0;
    }

    /// Null where nothing is.
    private Long expected(Plan plan) {
        return jdbi.withHandle(handle -> handle.createQuery(EXPECTED)
                .bind("merchant", plan.merchantId())
                .bind("campaign", plan.campaignId())
                .map((row, context) -> row.getObject(1, Long.class))
                .list()
                .getFirst());
    }

    private News paused(Plan plan, long expected, long found) {
        Instant now = clock.instant();
        return News.of(
                EventType.CAMPAIGN_PAUSED,
                plan.merchantId(),
                null,
                "campaign_" + plan.campaignId() + "_paused_" + now.toEpochMilli(),
                now,
                "campaignId",
                Campaigns.publicId(plan.campaignId()),
                "reason",
                "audience-size",
                "expected",
                expected,
                "found",
                found);
    }

    private void stop(Plan plan, long expected, long found, String when) {
        int stopped = jdbi.withHandle(handle -> handle.createUpdate(STOP)
                .bind("merchant", plan.merchantId())
                .bind("campaign", plan.campaignId())
                .bind("size", found)
                .bind("now", clock.instant())
                .execute());
        if (stopped > 0) {
            LOG.warnf("campaign %d expected %d customers, found %d and paused", plan.campaignId(), expected, found);
            notices.say(
                    plan.merchantId(),
                    plan.campaignId(),
                    "audience-size:" + clock.instant(),
                    "audience-size",
                    "expected %d customers and would reach %d %s: paused until an owner or marketer confirms the size"
                            .formatted(expected, found, when));
            announcements.tell(List.of(paused(plan, expected, found)));
        }
    }
}
