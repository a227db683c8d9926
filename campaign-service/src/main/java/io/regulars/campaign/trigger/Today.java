package io.regulars.campaign.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.DayTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.trigger.Recollections.Found;
import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// Whom a campaign has cause to reach today, by the code that enrols: those who are in a state now, those
/// whose day it is, those who did something within the last day.
@ApplicationScoped
public class Today {

    /// @param last the last customer that was looked at
    public record Chunk(List<Found> found, long last, boolean finished) {}

    /// A sample of those who are in a state.
    ///
    /// @param looked how many customers were looked at, of all whom the audience picks
    public record Sample(List<Found> found, long looked, long of) {}

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final String ENTERING = "; switched on, it reaches those who come into it from then on";

    private final Crowd crowd;
    private final PastDays days;
    private final Recollections recollections;
    private final Audiences audiences;
    private final Shops shops;

    Today(Crowd crowd, PastDays days, Recollections recollections, Audiences audiences, Shops shops) {
        this.crowd = crowd;
        this.days = days;
        this.recollections = recollections;
        this.audiences = audiences;
        this.shops = shops;
    }

    /// In words, for people.
    public String basis(Plan plan, Instant now) {
        return switch (plan.definition().trigger()) {
            case Trigger.Broadcast _ -> "the audience, as it is now";
            case DayTrigger day -> {
                LocalDateTime next = days.next(day, plan, now);
                yield next == null
                        ? "no day comes any more"
                        : "those whom " + day.occurrence(next) + " concerns, called at " + next + " on the wall";
            }
            default ->
                plan.definition().trigger().ofStanding()
                        ? "those who are in it now" + (plan.definition().includeExisting() ? "" : ENTERING)
                        : "those who gave cause within the last day";
        };
    }

    /// Whether the day concerns all whom the audience picks, so that a part of them tells of the rest.
    public boolean everybody(Plan plan) {
        return switch (plan.definition().trigger()) {
            case DayTrigger.Holiday _, DayTrigger.OneDate _, DayTrigger.Schedule _ -> true;
            default -> false;
        };
    }

    /// The next of them, by their ids; of what happened within the last day all at once.
    ///
    /// @param most of these
    public Chunk after(Plan plan, long after, int limit, int most, Instant now) {
        return switch (plan.definition().trigger()) {
            case DayTrigger day -> {
                LocalDateTime local = days.next(day, plan, now);
                if (local == null) {
                    yield new Chunk(List.of(), after, true);
                }
                Crowd.Next next = days.chunk(day, plan, local, after, limit);
                yield new Chunk(
                        days.found(day, next, shops.find(plan.merchantId()), local), next.last(), next.finished());
            }
            default ->
                plan.definition().trigger().ofStanding() ? standing(plan, after, limit, now) : day(plan, most, now);
        };
    }

    private Chunk standing(Plan plan, long after, int limit, Instant now) {
        var place = new Crowd.Place(plan.key(), after, null, null, null, Set.of());
        Crowd.Next next = crowd.after(plan, place, now, limit);
        return new Chunk(
                next.entries().stream()
                        .map(entry -> new Found(entry.customerId(), entry.cause(), now))
                        .toList(),
                next.last(),
                next.finished());
    }

    private Chunk day(Plan plan, int most, Instant now) {
        return new Chunk(
                recollections.between(plan, now.minus(A_DAY), now, most).found().stream()
                        .map(one -> new Found(one.customerId(), one.cause(), now))
                        .toList(),
                0,
                true);
    }

    /// A few of those who are in a state, drawn from all alike.
    public Sample sample(Plan plan, int limit, Instant now) {
        List<Customer> drawn =
                audiences.sample(plan.merchantId(), plan.definition().audience(), limit);
        long of = drawn.size() < limit
                ? drawn.size()
                : audiences
                        .count(plan.merchantId(), plan.definition().audience())
                        .customers();
        var categories = shops.categories(
                plan.merchantId(),
                drawn.stream()
                        .flatMap(customer -> customer.standing().windows().stream())
                        .map(RepurchaseWindow::productCode)
                        .toList());
        List<Found> found = drawn.stream()
                .flatMap(customer ->
                        causes(plan, customer, categories).map(cause -> new Found(customer.id(), cause, now)))
                .toList();
        return new Sample(found, drawn.size(), of);
    }

    private static Stream<Trigger.Cause> causes(Plan plan, Customer customer, Map<String, String> categories) {
        return plan.definition().trigger().causes(customer.standing(), categories).stream();
    }
}
