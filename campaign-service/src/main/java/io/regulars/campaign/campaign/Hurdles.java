package io.regulars.campaign.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.guardrail.Stops;

/// What keeps a campaign as a whole from sending, until a person does something about it.
@ApplicationScoped
public class Hurdles {

    private final Steering steering;
    private final SizeBreaker breaker;
    private final Stops stops;

    Hurdles(Steering steering, SizeBreaker breaker, Stops stops) {
        this.steering = steering;
        this.breaker = breaker;
        this.stops = stops;
    }

    /// Each with the guardrail's name before a colon: `approval`, `breaker`, `kill switch`, `state`.
    ///
    /// @param plan as it is, not as it is supposed to be
    /// @param found how many would be enrolled: by a broadcast in all, by a trigger within an hour
    public List<String> of(Plan plan, long found) {
        List<String> hurdles = new ArrayList<>();
        stops.find(Stops.EVERYBODY)
                .or(() -> stops.find(plan.merchantId()))
                .ifPresent(stop -> hurdles.add("kill switch: " + stop.reason()));
        Optional<Campaign> campaign = Campaign.of(plan.merchantId(), plan.campaignId());
        if (plan.finished() || Campaign.PAUSED.equals(plan.state())) {
            hurdles.add("state: the campaign is " + plan.state());
        }
        campaign.filter(steering::needsApproval)
                .ifPresent(one -> hurdles.add("approval: a second person has to agree to revision " + one.revision));
        Long expected = campaign.map(one -> one.expectedAudience)
                .orElse(plan.definition().rules().expectedAudience());
        breaker.objection(plan, expected, found).ifPresent(hurdles::add);
        return hurdles;
    }
}
