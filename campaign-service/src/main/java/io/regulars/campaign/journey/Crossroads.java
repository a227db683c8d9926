package io.regulars.campaign.journey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Happening;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Step;

/// Shows enrolments their way where that depends on the customer as they are now: a query for each condition or
/// event of a step, however many stand there.
@ApplicationScoped
class Crossroads {

    private record Place(Plan.Key campaign, int step) {}

    /// Those of the customers whom a condition picks.
    @FunctionalInterface
    interface Picks {
        Set<Long> among(int merchant, Condition condition, Collection<Long> customers);
    }

    /// Those for whom it happened already, and when.
    @FunctionalInterface
    interface Past {
        Map<Enrolment, Instant> among(Map<Enrolment, Awaited> awaited);
    }

    private final Picks picks;
    private final Past past;

    @Inject
    Crossroads(Audiences audiences, Happened happened) {
        this(audiences::among, happened::among);
    }

    Crossroads(Picks picks, Past past) {
        this.picks = picks;
        this.past = past;
    }

    /// @param branching who stands at a branch
    void choose(List<Enrolment> branching, Answers answers) {
        byPlace(branching).forEach((place, there) -> {
            var branch = (Step.Branch) step(place, answers);
            List<Enrolment> left = new ArrayList<>(there);
            for (Step.Branch.Case one : branch.cases()) {
                if (left.isEmpty()) {
                    break;
                }
                Set<Long> picked = picks.among(
                        place.campaign().merchantId(),
                        one.when(),
                        left.stream()
                                .map(enrolment -> enrolment.key.customerId())
                                .collect(Collectors.toSet()));
                left.removeIf(enrolment -> {
                    boolean holds = picked.contains(enrolment.key.customerId());
                    if (holds) {
                        enrolment.step = one.to();
                    }
                    return holds;
                });
            }
            left.forEach(enrolment -> enrolment.step = branch.otherwise());
        });
    }

    /// What happened already leads on at once. It is asked once more when the time is over, so that nobody goes
    /// the wrong way whom the event itself did not find waiting.
    ///
    /// @param listening who stands at a wait for an event
    /// @return those who go on; the others wait
    List<Enrolment> listen(List<Enrolment> listening, Answers answers, Instant now) {
        List<Enrolment> going = new ArrayList<>();
        byPlace(listening).forEach((place, there) -> {
            var wait = (Step.WaitFor) step(place, answers);
            Map<Enrolment, Awaited> awaited = new LinkedHashMap<>();
            there.forEach(one -> awaited.put(one, awaited(one, wait.happening())));
            Map<Enrolment, Instant> happened = past.among(awaited);
            Set<Enrolment> done = happened.keySet();
            there.forEach(enrolment -> {
                if (done.contains(enrolment)) {
                    enrolment.goOn(place.step() + 1, happened.get(enrolment));
                    going.add(enrolment);
                } else if (enrolment.awaits != null) {
                    enrolment.goOn(wait.otherwise());
                    going.add(enrolment);
                } else {
                    enrolment.await(awaited.get(enrolment), now.plus(wait.timeout()));
                }
            });
        });
        return going;
    }

    private static Awaited awaited(Enrolment enrolment, Happening happening) {
        return enrolment.awaits != null
                ? enrolment.awaits
                : Awaited.of(happening, enrolment.since(), enrolment.reachedAt());
    }

    private static Map<Place, List<Enrolment>> byPlace(List<Enrolment> enrolments) {
        return enrolments.stream()
                .collect(Collectors.groupingBy(enrolment -> new Place(enrolment.campaign, enrolment.step)));
    }

    private static Step step(Place place, Answers answers) {
        return answers.plan(place.campaign()).definition().steps().get(place.step());
    }
}
