package io.regulars.campaign.journey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Obstacle;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.message.Messages;

/// Leads enrolments on, each as far as it can go without anyone's help, and gathers what is to be done on the
/// way.
final class Walk {

    /// Who cannot go on without an answer.
    ///
    /// @param coupons who wants which coupon, and has left that step behind
    /// @param branching who stands at a branch
    /// @param listening who stands at a wait for an event
    record Stops(Map<Enrolment, Long> coupons, List<Enrolment> branching, List<Enrolment> listening) {}

    private final Answers answers;
    private final JourneyConfig config;
    private final Instant now;
    private final List<Enrolment> paused = new ArrayList<>();
    private final List<Messages.Draft> drafts = new ArrayList<>();
    private Deeds deeds = new Deeds();

    Walk(Answers answers, JourneyConfig config, Instant now) {
        this.answers = answers;
        this.config = config;
        this.now = now;
    }

    /// Those that were not admitted because their campaign is paused.
    List<Enrolment> paused() {
        return paused;
    }

    /// The messages of the steps that were gone.
    List<Messages.Draft> drafts() {
        return drafts;
    }

    /// What else the steps ask for that were gone since the last call.
    Deeds takeDeeds() {
        Deeds taken = deeds;
        deeds = new Deeds();
        return taken;
    }

    /// Those that go on; the others leave, wait or are paused.
    List<Enrolment> admit(List<Enrolment> due) {
        List<Enrolment> going = new ArrayList<>();
        for (Enrolment enrolment : due) {
            Obstacle obstacle = answers.obstacle(enrolment.question(), now).orElse(null);
            if (enrolment.entering() && (obstacle == null || obstacle.kind() == Obstacle.Kind.HELD_OUT)) {
                enrolment.holdoutPercent = answers.holdout(answers.plan(enrolment.campaign));
            }
            switch (obstacle == null ? null : obstacle.kind()) {
                case null -> {
                    enrolment.enter();
                    going.add(enrolment);
                }
                case ENDED -> enrolment.leave(obstacle.reason());
                case HELD_OUT -> enrolment.holdOut(obstacle.reason());
                case REACHED -> enrolment.reach(obstacle.reason());
                case NOT_YET_KNOWN -> awaitProfile(enrolment, obstacle.reason());
                case PAUSED -> paused.add(enrolment);
            }
        }
        return going;
    }

    private void awaitProfile(Enrolment enrolment, String reason) {
        if (now.isAfter(enrolment.enrolledAt.plus(config.profileWait()))) {
            enrolment.leave(reason);
        } else {
            enrolment.waitUntil(now.plus(config.profilePoll()));
        }
    }

    /// Each until it waits, needs an answer or has gone all the way.
    Stops on(List<Enrolment> going) {
        var stops = new Stops(new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        going.forEach(enrolment -> walk(enrolment, stops));
        return stops;
    }

    private void walk(Enrolment enrolment, Stops stops) {
        Plan plan = answers.plan(enrolment.campaign);
        List<Step> steps = plan.definition().steps();
        while (enrolment.step < steps.size()) {
            int at = enrolment.step++;
            switch (steps.get(at)) {
                case Step.Wait(var duration) -> {
                    enrolment.waitUntil(now.plus(duration));
                    return;
                }
                case Step.WaitUntilTime(var time) -> {
                    if (waits(enrolment, time.from(now, answers.zone(enrolment.customer())))) {
                        return;
                    }
                }
                case Step.WaitUntil(var instant) -> {
                    if (waits(enrolment, instant)) {
                        return;
                    }
                }
                case Step.WaitFor _ -> {
                    enrolment.step = at;
                    stops.listening().add(enrolment);
                    return;
                }
                case Step.Branch _ -> {
                    enrolment.step = at;
                    stops.branching().add(enrolment);
                    return;
                }
                case Step.IssueCoupon(var coupon) -> {
                    stops.coupons().put(enrolment, coupon);
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
                case Step.Split split -> enrolment.step = deeds.split(enrolment, split, plan.salt());
                case Step.Jump(var to) -> enrolment.step = to;
                case Step.Tag tag -> deeds.tag(enrolment, tag);
                case Step.Webhook webhook -> deeds.call(enrolment, at, webhook);
                case Step.CallbackTask task -> deeds.open(enrolment, at, task);
                case Step.GrantPoints gift -> deeds.give(enrolment, at, gift);
                case Step.End _ -> enrolment.step = steps.size();
            }
        }
        enrolment.finish();
    }

    /// Whoever comes late does not wait.
    private boolean waits(Enrolment enrolment, Instant until) {
        if (!until.isAfter(now)) {
            return false;
        }
        enrolment.waitUntil(until);
        return true;
    }
}
