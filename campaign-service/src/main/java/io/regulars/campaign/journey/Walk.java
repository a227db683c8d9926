package io.regulars.campaign.journey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Obstacle;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.message.Messages;

/// Leads enrolments on, each as far as it can go without anyone's help, and gathers the messages on the way.
final class Walk {

    private final Answers answers;
    private final JourneyConfig config;
    private final Instant now;
    private final List<Enrolment> paused = new ArrayList<>();
    private final List<Messages.Draft> drafts = new ArrayList<>();

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

    /// Those that go on; the others leave, wait or are paused.
    List<Enrolment> admit(List<Enrolment> due) {
        List<Enrolment> going = new ArrayList<>();
        for (Enrolment enrolment : due) {
            Obstacle obstacle = answers.obstacle(enrolment.question(), now).orElse(null);
            switch (obstacle == null ? null : obstacle.kind()) {
                case null -> {
                    enrolment.enter();
                    going.add(enrolment);
                }
                case ENDED -> enrolment.leave(obstacle.reason());
                case HELD_OUT -> enrolment.holdOut(obstacle.reason());
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

    /// Each until it waits, wants a coupon or has gone all the way.
    ///
    /// @return who wants which coupon
    Map<Enrolment, Long> on(List<Enrolment> going) {
        Map<Enrolment, Long> wantCoupon = new HashMap<>();
        going.forEach(enrolment -> walk(enrolment, wantCoupon));
        return wantCoupon;
    }

    private void walk(Enrolment enrolment, Map<Enrolment, Long> wantCoupon) {
        List<Step> steps = answers.plan(enrolment.campaign).definition().steps();
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
}
