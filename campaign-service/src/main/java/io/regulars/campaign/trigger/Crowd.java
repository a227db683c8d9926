package io.regulars.campaign.trigger;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.DayTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.journey.Enrolments.Entry;
import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// The customers whom a broadcast or a day concerns, the next ones at a time.
@ApplicationScoped
class Crowd {

    /// How far a fan-out has come.
    ///
    /// @param localAt null for a broadcast, as `dueAt`
    record Place(
            Plan.Key campaign,
            long afterCustomer,
            String occurrence,
            LocalDateTime localAt,
            Instant dueAt,
            Set<String> missedZones) {}

    /// @param customers among them those of the entries
    /// @param late of a day those whose own moment is too long past, whether they were enrolled in time or not
    /// @param last the last that was looked at
    record Next(List<Customer> customers, List<Entry> entries, List<Entry> late, long last, boolean finished) {}

    private final Audiences audiences;
    private final Shops shops;
    private final DayCrowd days;

    Crowd(Audiences audiences, Shops shops, DayCrowd days) {
        this.audiences = audiences;
        this.shops = shops;
        this.days = days;
    }

    Next after(Plan plan, Place place, Instant now, int limit) {
        return plan.definition().trigger() instanceof DayTrigger day
                ? days.after(day, plan, place, now, limit)
                : standing(plan, place, limit);
    }

    /// Of a broadcast, or of those who are in a state already.
    private Next standing(Plan plan, Place place, int limit) {
        List<Customer> chunk =
                audiences.after(plan.merchantId(), plan.definition().audience(), place.afterCustomer(), limit);
        var categories = shops.categories(
                plan.merchantId(),
                chunk.stream()
                        .flatMap(customer -> customer.standing().windows().stream())
                        .map(RepurchaseWindow::productCode)
                        .collect(Collectors.toSet()));
        List<Entry> entries = chunk.stream()
                .flatMap(customer -> plan.definition().trigger().causes(customer.standing(), categories).stream()
                        .map(cause -> new Entry(plan, customer.id(), cause)))
                .toList();
        return new Next(
                chunk,
                entries,
                List.of(),
                chunk.isEmpty() ? place.afterCustomer() : chunk.getLast().id(),
                chunk.size() < limit);
    }
}
