package io.regulars.campaign.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import io.regulars.campaign.journey.Enrolments.Entry;
import io.regulars.campaign.occasion.Holidays;
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
    /// @param last the last that was looked at
    record Next(List<Customer> customers, List<Entry> entries, long last, boolean finished) {}

    /// All zones of one day lie within; whoever's moment is longer past was of another zone then.
    private static final Duration ONE_DAY_EVERYWHERE = Duration.ofHours(26);

    private final Audiences audiences;
    private final Customers customers;
    private final Shops shops;
    private final YearlyCrowd yearly;
    private final Reminders reminders;

    Crowd(Audiences audiences, Customers customers, Shops shops, YearlyCrowd yearly, Reminders reminders) {
        this.audiences = audiences;
        this.customers = customers;
        this.shops = shops;
        this.yearly = yearly;
        this.reminders = reminders;
    }

    Next after(Plan plan, Place place, Instant now, int limit) {
        if (place.localAt() == null || !(plan.definition().trigger() instanceof DayTrigger day)) {
            return standing(plan, place, limit);
        }
        Shop shop = shops.find(plan.merchantId());
        LocalDate about = day.about(place.localAt());
        Map<Long, List<Cause>> causes;
        List<Customer> met;
        long last;
        boolean finished;
        switch (day) {
            case DayTrigger.Birthday _, DayTrigger.Anniversary _ -> {
                var found = yearly.after(day, shop, about, place.afterCustomer(), limit);
                met = pick(
                        plan, found.stream().map(YearlyCrowd.Kept::customerId).toList());
                causes = found.stream()
                        .filter(one -> one.years() != 0)
                        .collect(Collectors.toMap(
                                YearlyCrowd.Kept::customerId, one -> List.of(yearly(place, about, one))));
                last = found.isEmpty() ? place.afterCustomer() : found.getLast().customerId();
                finished = found.size() < limit;
            }
            case DayTrigger.CouponExpiring(var _, var coupon) -> {
                Instant from = about.minusDays(1).atStartOfDay(shop.zone()).toInstant();
                var found = reminders.ending(
                        plan.merchantId(), coupon, from, from.plus(Duration.ofDays(3)), place.afterCustomer(), limit);
                met = pick(
                        plan,
                        found.stream()
                                .map(Reminders.Ending::customerId)
                                .distinct()
                                .toList());
                causes = codes(found, met, shop, about);
                last = found.isEmpty() ? place.afterCustomer() : found.getLast().customerId();
                finished = found.stream()
                                .map(Reminders.Ending::customerId)
                                .distinct()
                                .count()
                        < limit;
            }
            case DayTrigger.Holiday _, DayTrigger.OneDate _, DayTrigger.Schedule _ -> {
                met = audiences.after(plan.merchantId(), plan.definition().audience(), place.afterCustomer(), limit);
                Cause cause = new Cause(place.occurrence(), context(day, shop, about));
                causes = met.stream().collect(Collectors.toMap(Customer::id, _ -> List.of(cause)));
                last = met.isEmpty() ? place.afterCustomer() : met.getLast().id();
                finished = met.size() < limit;
            }
        }
        List<Entry> entries = met.stream()
                .filter(customer -> itsTime(day, plan, place, Ticks.zone(customer, shop), now))
                .flatMap(customer -> causes.getOrDefault(customer.id(), List.of()).stream()
                        .map(cause -> new Entry(plan, customer.id(), cause)))
                .toList();
        return new Next(met, entries, last, finished);
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
                chunk.isEmpty() ? place.afterCustomer() : chunk.getLast().id(),
                chunk.size() < limit);
    }

    /// Whether the moment has come on the customer's own clock, after the campaign began, and was not missed there.
    private static boolean itsTime(DayTrigger day, Plan plan, Place place, ZoneId zone, Instant now) {
        if (day.zone() != null) {
            return true;
        }
        Instant moment = Ticks.instant(place.localAt(), zone);
        return !moment.isAfter(now)
                && moment.isAfter(plan.activatedAt())
                && moment.plus(ONE_DAY_EVERYWHERE).isAfter(now)
                && !place.missedZones().contains(zone.getId());
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

    private static Cause yearly(Place place, LocalDate about, YearlyCrowd.Kept kept) {
        Map<String, String> context = new HashMap<>(Map.of("event.day", about.toString()));
        if (kept.years() > 0) {
            context.put("event.years", String.valueOf(kept.years()));
        }
        return new Cause(place.occurrence(), context);
    }

    /// Codes end on a day of the customer's.
    private static Map<Long, List<Cause>> codes(
            List<Reminders.Ending> found, List<Customer> met, Shop shop, LocalDate about) {
        Map<Long, Customer> known = met.stream().collect(Collectors.toMap(Customer::id, Function.identity()));
        return found.stream()
                .filter(code -> known.containsKey(code.customerId()))
                .filter(code -> LocalDate.ofInstant(code.validUntil(), Ticks.zone(known.get(code.customerId()), shop))
                        .equals(about))
                .collect(Collectors.groupingBy(
                        Reminders.Ending::customerId,
                        Collectors.mapping(
                                code -> new Cause(
                                        code.occurrence(),
                                        Map.of(
                                                "event.day",
                                                about.toString(),
                                                "coupon.code",
                                                code.code(),
                                                "coupon.description",
                                                code.description(),
                                                "coupon.validUntil",
                                                code.validUntil().toString())),
                                Collectors.toList())));
    }

    private static Map<String, String> context(DayTrigger day, Shop shop, LocalDate about) {
        Map<String, String> context = new HashMap<>(Map.of("event.day", about.toString()));
        if (day instanceof DayTrigger.Holiday(var _, var holidays)) {
            Holidays.on(about, holidays)
                    .ifPresent(holiday ->
                            context.put("event.holiday", shop.chinese() ? holiday.chinese() : holiday.english()));
        }
        return context;
    }
}
