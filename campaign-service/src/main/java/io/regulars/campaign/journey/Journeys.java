package io.regulars.campaign.journey;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.CampaignResumed;
import io.regulars.campaign.campaign.Eligibility;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.coupon.Issuing;
import io.regulars.campaign.message.Messages;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.campaign.work.Loop;
import io.regulars.kit.fault.KillPoint;

/// Leads the enrolments that are due through their steps: each as far as it can go, many in one transaction.
@ApplicationScoped
public class Journeys {

    private final JourneyConfig config;
    private final Clock clock;
    private final EnrolmentRows rows;
    private final Eligibility eligibility;
    private final Plans plans;
    private final Issuing issuing;
    private final Messages messages;
    private final Crossroads crossroads;
    private final Doing doing;
    private final AfterCommit afterCommit;
    private volatile Loop loop;

    Journeys(
            JourneyConfig config,
            Clock clock,
            EnrolmentRows rows,
            Eligibility eligibility,
            Plans plans,
            Issuing issuing,
            Messages messages,
            Crossroads crossroads,
            Doing doing,
            AfterCommit afterCommit) {
        this.config = config;
        this.clock = clock;
        this.rows = rows;
        this.eligibility = eligibility;
        this.plans = plans;
        this.issuing = issuing;
        this.messages = messages;
        this.crossroads = crossroads;
        this.doing = doing;
        this.afterCommit = afterCommit;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start(
                "journeys",
                config.poll(),
                () -> QuarkusTransaction.requiringNew().call(this::advance) == config.batch());
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    /// A topic can bring work before the loop has started, which then finds it.
    void wake() {
        Loop started = loop;
        if (started != null) {
            started.wake();
        }
    }

    void unpark(@Observes CampaignResumed resumed) {
        rows.unpark(resumed.merchantId(), resumed.campaignId());
        afterCommit.run(this::wake);
    }

    /// In the caller's transaction.
    ///
    /// @return how many were due, at most a batch
    int advance() {
        Instant now = clock.instant();
        List<Enrolment> due = rows.claim(now, config.batch());
        if (due.isEmpty()) {
            return 0;
        }
        Answers answers = eligibility.ask(due.stream().map(Enrolment::question).toList());
        var walk = new Walk(answers, config, now);
        List<Enrolment> going = walk.admit(due);
        park(walk.paused(), answers);
        List<Deeds.Given> gifts = new ArrayList<>();
        while (!going.isEmpty()) {
            Walk.Stops stops = walk.on(going);
            // before the next branch is judged, which may ask for a tag
            Deeds deeds = walk.takeDeeds();
            doing.run(deeds, now);
            gifts.addAll(deeds.gifts);
            crossroads.choose(stops.branching(), answers);
            going = issue(stops.coupons());
            going.addAll(stops.branching());
            going.addAll(crossroads.listen(stops.listening(), answers, now));
        }
        // once, behind all coupons: whoever takes points for a coupon holds that first
        doing.give(gifts, now);
        messages.plan(walk.drafts(), answers);
        rows.save(due, now);
        KillPoint.JOURNEY_IN_TRANSACTION.reach();
        return due.size();
    }

    /// Enrols those who were not for their cause, each as far along as it can go; in the caller's transaction.
    ///
    /// @param entering of campaigns that can be led at once: they ask for nothing that needs an enrolment first
    /// @return the ids of those that were not enrolled before
    Set<Long> lead(List<Enrolment> entering) {
        return lead(
                entering,
                eligibility.ask(entering.stream().map(Enrolment::question).toList()));
    }

    /// @param known the customers, as they were read in the caller's transaction
    Set<Long> lead(List<Enrolment> entering, Collection<Customer> known) {
        return lead(
                entering,
                eligibility.ask(entering.stream().map(Enrolment::question).toList(), known));
    }

    private Set<Long> lead(List<Enrolment> entering, Answers answers) {
        var walk = new Walk(answers, config, clock.instant());
        walk.on(walk.admit(entering.stream().filter(Enrolment::open).toList()));
        Set<Long> enrolled = rows.insert(entering);
        messages.plan(
                walk.drafts().stream()
                        .filter(draft -> enrolled.contains(draft.enrolmentId()))
                        .toList(),
                answers);
        KillPoint.JOURNEY_IN_TRANSACTION.reach();
        return enrolled;
    }

    private void park(List<Enrolment> paused, Answers answers) {
        Collection<Plan> asked = paused.stream()
                .map(enrolment -> answers.plan(enrolment.campaign))
                .distinct()
                .toList();
        Set<Long> still = plans.stillPaused(asked);
        paused.stream()
                .filter(enrolment -> still.contains(enrolment.campaign.campaignId()))
                .forEach(Enrolment::park);
    }

    /// Those that got their coupon go on; without one a journey makes no sense and ends.
    private List<Enrolment> issue(Map<Enrolment, Long> wantCoupon) {
        Map<Issuing.Ask, Enrolment> asks = new HashMap<>();
        wantCoupon.forEach((enrolment, coupon) -> asks.put(
                new Issuing.Ask(
                        enrolment.key.merchantId(),
                        enrolment.key.customerId(),
                        coupon,
                        enrolment.campaign.campaignId(),
                        enrolment.key.id()),
                enrolment));
        List<Enrolment> going = new ArrayList<>();
        issuing.issue(List.copyOf(asks.keySet())).forEach((ask, answer) -> {
            Enrolment enrolment = asks.get(ask);
            switch (answer) {
                case Issuing.Refused(var reason) -> enrolment.leave(reason);
                case Issuing.Issued(var code, var description, var validUntil, var _) -> {
                    enrolment.context.put("coupon.code", code);
                    enrolment.context.put("coupon.description", description);
                    if (validUntil != null) {
                        enrolment.context.put("coupon.validUntil", validUntil.toString());
                    }
                    going.add(enrolment);
                }
            }
        });
        return going;
    }
}
