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
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.CampaignResumed;
import io.regulars.campaign.campaign.Eligibility;
import io.regulars.campaign.campaign.Obstacle;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.coupon.Issuing;
import io.regulars.campaign.message.Messages;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.campaign.work.Loop;

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
            AfterCommit afterCommit) {
        this.config = config;
        this.clock = clock;
        this.rows = rows;
        this.eligibility = eligibility;
        this.plans = plans;
        this.issuing = issuing;
        this.messages = messages;
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
        List<Enrolment> going = admit(due, answers, now);
        List<Messages.Draft> drafts = new ArrayList<>();
        while (!going.isEmpty()) {
            Map<Enrolment, Long> wantCoupon = new HashMap<>();
            for (Enrolment enrolment : going) {
                walk(enrolment, answers.plan(enrolment.campaign), now, drafts, wantCoupon);
            }
            going = issue(wantCoupon);
        }
        messages.plan(drafts, answers);
        rows.save(due, now);
        return due.size();
    }

    /// Those that go on; the others leave, wait or are parked.
    private List<Enrolment> admit(List<Enrolment> due, Answers answers, Instant now) {
        List<Enrolment> going = new ArrayList<>();
        List<Enrolment> paused = new ArrayList<>();
        for (Enrolment enrolment : due) {
            Obstacle obstacle = answers.obstacle(enrolment.question()).orElse(null);
            switch (obstacle == null ? null : obstacle.kind()) {
                case null -> {
                    enrolment.enter();
                    going.add(enrolment);
                }
                case ENDED -> enrolment.leave(obstacle.reason());
                case HELD_OUT -> enrolment.holdOut(obstacle.reason());
                case NOT_YET_KNOWN -> awaitProfile(enrolment, obstacle.reason(), now);
                case PAUSED -> paused.add(enrolment);
            }
        }
        park(paused, answers);
        return going;
    }

    private void awaitProfile(Enrolment enrolment, String reason, Instant now) {
        if (now.isAfter(enrolment.enrolledAt.plus(config.profileWait()))) {
            enrolment.leave(reason);
        } else {
            enrolment.waitUntil(now.plus(config.profilePoll()));
        }
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

    /// Until it waits, wants a coupon or has gone all the way.
    private static void walk(
            Enrolment enrolment, Plan plan, Instant now, List<Messages.Draft> drafts, Map<Enrolment, Long> wantCoupon) {
        List<Step> steps = plan.definition().steps();
        while (enrolment.step < steps.size()) {
            int at = enrolment.step++;
            switch (steps.get(at)) {
                case Step.Wait(var duration) -> {
                    enrolment.waitUntil(now.plus(duration));
                    return;
                }
                case Step.IssueCoupon(var coupon) -> {
                    wantCoupon.put(enrolment, coupon);
                    return;
                }
                case Step.Send(var channel, var _) ->
                    drafts.add(new Messages.Draft(
                            enrolment.campaign,
                            enrolment.customer(),
                            enrolment.key.id(),
                            enrolment.occurrence,
                            at,
                            channel));
            }
        }
        enrolment.finish();
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
                case Issuing.Issued(var code, var description, var validUntil) -> {
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
