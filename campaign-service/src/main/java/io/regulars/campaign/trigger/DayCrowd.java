package io.regulars.campaign.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.DayTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Trigger.Cause;
import io.regulars.campaign.coupon.Reminders;
import io.regulars.campaign.coupon.Reminders.Ending;
import io.regulars.campaign.journey.Enrolments.Entry;
import io.regulars.campaign.occasion.Holidays;
import io.regulars.campaign.trigger.Crowd.Next;
import io.regulars.campaign.trigger.Crowd.Place;

/// The customers whom a day concerns and whose moment has come.
@ApplicationScoped
class DayCrowd {

    /// Some customers, and what the day is to each of them.
    private record Met(List<Customer> customers, Map<Long, List<Cause>> causes, long last, boolean finished) {}

    /// A customer's own moment of the day.
    private enum Moment {
        /// Not yet, or it was before the campaign.
        OTHER,
        COME,
        /// Too long past: whoever was not enrolled in time is not met by the round of a later zone either.
        MISSED
    }

    private final Audiences audiences;
    private final Customers customers;
    private final Shops shops;
    private final YearlyCrowd yearly;
    private final Reminders reminders;

    DayCrowd(Audiences audiences, Customers customers, Shops shops, YearlyCrowd yearly, Reminders reminders) {
        this.audiences = audiences;
        this.customers = customers;
        this.shops = shops;
        this.yearly = yearly;
        this.reminders = reminders;
    }

    Next after(DayTrigger day, Plan plan, Place place, Instant now, int limit) {
        Shop shop = shops.find(plan.merchantId());
        Met met = switch (day) {
            case DayTrigger.Birthday _, DayTrigger.Anniversary _ -> yearly(day, plan, place, shop, limit);
            case DayTrigger.CouponExpiring(var _, var coupon) -> ending(coupon, day, plan, place, shop, limit);
            case DayTrigger.Holiday _, DayTrigger.OneDate _, DayTrigger.Schedule _ ->
                everybody(day, plan, place, shop, limit);
        };
        Map<Moment, List<Entry>> entries = new EnumMap<>(Moment.class);
        for (Customer customer : met.customers()) {
            ZoneId zone = day.zone() == null ? Ticks.zone(customer, shop) : day.zone();
            Instant at = Ticks.instant(place.localAt(), zone);
            met.causes()
                    .getOrDefault(customer.id(), List.of())
                    .forEach(cause -> entries.computeIfAbsent(
                                    moment(day, plan, place, zone, now), _ -> new ArrayList<>())
                            .add(new Entry(plan, customer.id(), cause.happenedAt(at))));
        }
        return new Next(
                met.customers(),
                entries.getOrDefault(Moment.COME, List.of()),
                entries.getOrDefault(Moment.MISSED, List.of()),
                met.last(),
                met.finished());
    }

    private Met everybody(DayTrigger day, Plan plan, Place place, Shop shop, int limit) {
        List<Customer> all =
                audiences.after(plan.merchantId(), plan.definition().audience(), place.afterCustomer(), limit);
        LocalDate about = day.about(place.localAt());
        Map<String, String> context = new HashMap<>(Map.of("event.day", about.toString()));
        if (day instanceof DayTrigger.Holiday(var _, var holidays)) {
            Holidays.on(about, holidays)
                    .ifPresent(holiday ->
                            context.put("event.holiday", shop.chinese() ? holiday.chinese() : holiday.english()));
        }
        var cause = new Cause(place.occurrence(), context);
        return new Met(
                all,
                all.stream().collect(Collectors.toMap(Customer::id, _ -> List.of(cause))),
                all.isEmpty() ? place.afterCustomer() : all.getLast().id(),
                all.size() < limit);
    }

    private Met yearly(DayTrigger day, Plan plan, Place place, Shop shop, int limit) {
        LocalDate about = day.about(place.localAt());
        var found = yearly.after(day, shop, about, place.afterCustomer(), limit);
        return new Met(
                pick(plan, found.stream().map(YearlyCrowd.Kept::customerId).toList()),
                found.stream()
                        .filter(one -> one.years() != 0)
                        .collect(Collectors.toMap(
                                YearlyCrowd.Kept::customerId, one -> List.of(yearly(place, about, one)))),
                found.isEmpty() ? place.afterCustomer() : found.getLast().customerId(),
                found.size() < limit);
    }

    private static Cause yearly(Place place, LocalDate about, YearlyCrowd.Kept kept) {
        Map<String, String> context = new HashMap<>(Map.of("event.day", about.toString()));
        if (kept.years() > 0) {
            context.put("event.years", String.valueOf(kept.years()));
        }
        return new Cause(place.occurrence(), context);
    }

    /// What ends on this day anywhere; on whose clock it does is told one by one.
    private Met ending(Long coupon, DayTrigger day, Plan plan, Place place, Shop shop, int limit) {
        LocalDate about = day.about(place.localAt());
        Instant from = about.minusDays(1).atStartOfDay(shop.zone()).toInstant();
        List<Ending> found = reminders.ending(
                plan.merchantId(), coupon, from, from.plus(Duration.ofDays(3)), place.afterCustomer(), limit);
        List<Long> ids = found.stream().map(Ending::customerId).distinct().toList();
        List<Customer> met = pick(plan, ids);
        Map<Long, Customer> known = met.stream().collect(Collectors.toMap(Customer::id, Function.identity()));
        Map<Long, List<Cause>> causes = found.stream()
                .filter(code -> known.containsKey(code.customerId()))
                .filter(code -> LocalDate.ofInstant(code.validUntil(), Ticks.zone(known.get(code.customerId()), shop))
                        .equals(about))
                .collect(Collectors.groupingBy(
                        Ending::customerId, Collectors.mapping(code -> ending(code, about), Collectors.toList())));
        return new Met(met, causes, ids.isEmpty() ? place.afterCustomer() : ids.getLast(), ids.size() < limit);
    }

    private static Cause ending(Ending code, LocalDate about) {
        return new Cause(
                code.occurrence(),
                Map.of(
                        "event.day",
                        about.toString(),
                        "coupon.code",
                        code.code(),
                        "coupon.description",
                        code.description(),
                        "coupon.validUntil",
                        code.validUntil().toString()));
    }

    /// On the customer's own clock, whichever zone the round is for.
    private static Moment moment(DayTrigger day, Plan plan, Place place, ZoneId zone, Instant now) {
        if (day.zone() != null) {
            return Moment.COME;
        }
        Instant moment = Ticks.instant(place.localAt(), zone);
        if (moment.isAfter(now) || !moment.isAfter(plan.activatedAt())) {
            return Moment.OTHER;
        }
        boolean missed = moment.plus(day.lateLimit()).isBefore(now)
                || place.missedZones().contains(zone.getId());
        return missed ? Moment.MISSED : Moment.COME;
    }

    private List<Customer> pick(Plan plan, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Condition audience = plan.definition().audience();
        Collection<Long> picked =
                audience.equals(Condition.EVERYONE) ? ids : audiences.among(plan.merchantId(), audience, ids);
        return List.copyOf(customers
                .load(picked.stream()
                        .map(id -> new CustomerKey(plan.merchantId(), id))
                        .toList())
                .values());
    }
}
