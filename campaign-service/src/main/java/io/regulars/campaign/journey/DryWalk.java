package io.regulars.campaign.journey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Reentry;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.coupon.Issuing;
import io.regulars.campaign.coupon.Supposed;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// Leads customers whom nobody enrolled through the steps of a campaign, by the code that leads those who
/// are ([Walk]), each by a clock of their own that jumps over the waits. Nothing is written. An event that
/// a step waits for is taken not to come.
@ApplicationScoped
public class DryWalk {

    /// @param at when the cause happened
    public record Start(long customerId, Trigger.Cause cause, Instant at) {}

    /// A message that would be planned.
    public record Send(
            long customerId, String occurrence, int step, Channel channel, Instant at, Map<String, String> context) {}

    /// @param left why those who did not get to the end left, held out among them
    public record Outcome(List<Send> sends, Map<Start, String> left) {}

    /// What is remembered from one call to the next.
    ///
    /// @param past whether causes are of the past: then only what is remembered counts as having been
    ///     enrolled
    public static final class Memory {
        private final boolean past;
        private final Supposed issuing;
        private final Map<Long, Reentries.Last> last = new HashMap<>();
        private long ids;

        private Memory(boolean past, Supposed issuing) {
            this.past = past;
            this.issuing = issuing;
        }

        /// The coupons that it took so far.
        public Supposed issuing() {
            return issuing;
        }
    }

    private static final String ENTERED = """
            select customer_id, occurrence from enrolment
            where merchant_id = :merchant and campaign_id = :campaign and customer_id = any(:customers)
            """;

    /// A journey has at most so many steps, and no way back.
    private static final int MOST_STOPS = 200;

    private record Entered(long customerId, String occurrence) {}

    private final Jdbi jdbi;
    private final JourneyConfig config;
    private final Reentries reentries;
    private final Crossroads crossroads;
    private final Issuing issuing;

    DryWalk(Jdbi jdbi, JourneyConfig config, Reentries reentries, Crossroads crossroads, Issuing issuing) {
        this.jdbi = jdbi;
        this.config = config;
        this.reentries = reentries;
        this.crossroads = crossroads;
        this.issuing = issuing;
    }

    public Memory begin(Plan plan, boolean past) {
        return new Memory(past, issuing.suppose(plan.merchantId()));
    }

    /// @param starts in the order in which they happened
    /// @param answers about them
    public Outcome lead(Plan plan, List<Start> starts, Answers answers, Memory memory) {
        Map<Enrolment, Start> entering = new LinkedHashMap<>();
        starts.forEach(start -> entering.put(enrolment(plan, start, ++memory.ids), start));
        refuse(plan, List.copyOf(entering.keySet()), memory);
        List<Send> sends = new ArrayList<>();
        List<Enrolment> open =
                entering.keySet().stream().filter(Enrolment::open).toList();
        for (int stop = 0; !open.isEmpty() && stop < MOST_STOPS; stop++) {
            List<Enrolment> branching = new ArrayList<>();
            open.forEach(one -> step(one, plan, answers, memory, sends, branching));
            crossroads.choose(branching, answers);
            open = open.stream().filter(Enrolment::open).toList();
        }
        Map<Start, String> left = new LinkedHashMap<>();
        entering.forEach((enrolment, start) -> {
            if (enrolment.reason != null) {
                left.put(start, enrolment.reason);
            }
        });
        return new Outcome(sends, left);
    }

    /// Those who are refused at the door: they were in it, and do not enter it again.
    private void refuse(Plan plan, List<Enrolment> entering, Memory memory) {
        Reentry rule = plan.definition().reentry();
        if (memory.past) {
            entering.forEach(one -> {
                var refusal =
                        Reentries.refusal(rule, memory.last.get(one.key.customerId()), one.occurrence, one.enrolledAt);
                refusal.ifPresentOrElse(
                        one::leave,
                        () -> memory.last.put(
                                one.key.customerId(), new Reentries.Last(one.occurrence, one.enrolledAt)));
            });
            return;
        }
        Set<Entered> entered = entered(plan, entering);
        entering.stream()
                .filter(one -> entered.contains(new Entered(one.key.customerId(), one.occurrence)))
                .forEach(one -> one.leave("re-entry: the customer is in it already for " + one.occurrence));
        if (!(rule instanceof Reentry.EachOccurrence)) {
            reentries.suppose(entering.stream().filter(Enrolment::open).toList(), Map.of(plan.key(), plan));
        }
    }

    private Set<Entered> entered(Plan plan, List<Enrolment> entering) {
        return jdbi.withHandle(handle -> handle.createQuery(ENTERED)
                .bind("merchant", plan.merchantId())
                .bind("campaign", plan.campaignId())
                .bindArray(
                        "customers",
                        Long.class,
                        entering.stream().map(one -> one.key.customerId()).toList())
                .map((row, context) -> new Entered(row.getLong(1), row.getString(2)))
                .set());
    }

    /// As far as one goes until a wait or a branch. The clock of an enrolment is the instant at which it is
    /// due.
    private void step(
            Enrolment enrolment,
            Plan plan,
            Answers answers,
            Memory memory,
            List<Send> sends,
            List<Enrolment> branching) {
        Instant now = enrolment.dueAt;
        var walk = new Walk(answers, config, now);
        List<Enrolment> going = enrolment.entering() ? walk.admit(List.of(enrolment)) : List.of(enrolment);
        if (going.isEmpty() && enrolment.open()) {
            enrolment.leave("the customer's profile has not come yet");
        }
        while (!going.isEmpty()) {
            Walk.Stops stops = walk.on(going);
            walk.takeDeeds();
            branching.addAll(stops.branching());
            stops.listening().forEach(one -> timeOut(one, plan, now));
            going = new ArrayList<>();
            for (var want : stops.coupons().entrySet()) {
                if (issued(want.getKey(), want.getValue(), now, memory)) {
                    going.add(want.getKey());
                }
            }
        }
        walk.drafts()
                .forEach(draft -> sends.add(new Send(
                        draft.customer().customerId(),
                        draft.occurrence(),
                        draft.step(),
                        draft.channel(),
                        now,
                        Map.copyOf(enrolment.context))));
    }

    private static void timeOut(Enrolment enrolment, Plan plan, Instant now) {
        var wait = (Step.WaitFor) plan.definition().steps().get(enrolment.step);
        enrolment.goOn(wait.otherwise());
        enrolment.waitUntil(now.plus(wait.timeout()));
    }

    private static boolean issued(Enrolment enrolment, long coupon, Instant now, Memory memory) {
        var answer = memory.issuing
                .ask(coupon, Map.of(enrolment.key.customerId(), now))
                .get(enrolment.key.customerId());
        return switch (answer) {
            case Issuing.Refused(var reason) -> {
                enrolment.leave(reason);
                yield false;
            }
            case Issuing.Issued(var code, var description, var validUntil, var _) -> {
                enrolment.context.put("coupon.code", code);
                enrolment.context.put("coupon.description", description);
                if (validUntil != null) {
                    enrolment.context.put("coupon.validUntil", validUntil.toString());
                }
                yield true;
            }
        };
    }

    private static Enrolment enrolment(Plan plan, Start start, long id) {
        Instant from = start.cause().from();
        return new Enrolment(
                new Enrolment.Key(plan.merchantId(), start.customerId(), id),
                plan.key(),
                start.cause().occurrence(),
                "entering",
                0,
                from == null || from.isBefore(start.at()) ? start.at() : from,
                start.at(),
                start.cause().context());
    }
}
