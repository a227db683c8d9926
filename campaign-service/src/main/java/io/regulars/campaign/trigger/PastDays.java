package io.regulars.campaign.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.DayTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.trigger.Recollections.Found;

/// Calls days of another time than now: whom each of them concerned, by those who call the days as they
/// come.
@ApplicationScoped
class PastDays {

    private static final int CHUNK = 500;

    /// No zone's day begins later than this after the one of UTC.
    private static final Duration LAST_ZONE = Duration.ofHours(11);

    private final DayCrowd crowd;
    private final Shops shops;

    PastDays(DayCrowd crowd, Shops shops) {
        this.crowd = crowd;
        this.shops = shops;
    }

    List<Found> between(DayTrigger day, Plan plan, Instant from, Instant until, int most) {
        Shop shop = shops.find(plan.merchantId());
        ZoneId zone = day.zone() == null ? shop.zone() : day.zone();
        // a day more on either side: it begins elsewhere at another instant
        LocalDateTime at = LocalDateTime.ofInstant(from, zone).minusDays(1);
        LocalDateTime last = LocalDateTime.ofInstant(until, zone).plusDays(1);
        List<Found> found = new ArrayList<>();
        for (Optional<LocalDateTime> next = day.timetable().after(at);
                next.isPresent() && !next.get().isAfter(last) && found.size() < most;
                next = day.timetable().after(next.get())) {
            call(day, plan, shop, next.get(), most - found.size()).stream()
                    .filter(one -> one.at().isAfter(from) && !one.at().isAfter(until))
                    .forEach(found::add);
        }
        found.sort(Comparator.comparing(Found::at).thenComparing(Found::customerId));
        return found;
    }

    /// The day that is today, or the next one there is.
    LocalDateTime next(DayTrigger day, Plan plan, Instant now) {
        ZoneId zone = day.zone() == null ? shops.find(plan.merchantId()).zone() : day.zone();
        LocalDate today = LocalDate.ofInstant(now, zone);
        return day.timetable().after(today.atStartOfDay().minusNanos(1)).orElse(null);
    }

    private List<Found> call(DayTrigger day, Plan plan, Shop shop, LocalDateTime local, int most) {
        List<Found> found = new ArrayList<>();
        long after = 0;
        boolean more = true;
        while (more && found.size() < most) {
            Crowd.Next next = chunk(day, plan, local, after, CHUNK);
            found.addAll(found(day, next, shop, local));
            after = next.last();
            more = !next.finished();
        }
        return found;
    }

    /// As when the last zone's moment has come.
    Crowd.Next chunk(DayTrigger day, Plan plan, LocalDateTime local, long after, int limit) {
        var place = new Crowd.Place(plan.key(), after, day.occurrence(local), local, null, Set.of());
        return crowd.after(day, plan, place, local.toInstant(ZoneOffset.UTC).plus(LAST_ZONE), limit);
    }

    List<Found> found(DayTrigger day, Crowd.Next next, Shop shop, LocalDateTime local) {
        Map<Long, Customer> met =
                next.customers().stream().collect(Collectors.toMap(Customer::id, Function.identity(), (one, _) -> one));
        // seen from the last zone's moment it is late for the others: each was called at its own
        return Stream.concat(next.entries().stream(), next.late().stream())
                .map(entry -> new Found(
                        entry.customerId(),
                        entry.cause(),
                        Ticks.instant(
                                local,
                                day.zone() == null ? Ticks.zone(met.get(entry.customerId()), shop) : day.zone())))
                .toList();
    }
}
