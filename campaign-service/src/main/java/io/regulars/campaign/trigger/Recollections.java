package io.regulars.campaign.trigger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.audience.Standing;
import io.regulars.campaign.campaign.CartTrigger;
import io.regulars.campaign.campaign.DayTrigger;
import io.regulars.campaign.campaign.EventTrigger;
import io.regulars.campaign.campaign.InteractionTrigger;
import io.regulars.campaign.campaign.OrderTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.occasion.Carts;
import io.regulars.campaign.occasion.Journal;
import io.regulars.campaign.occasion.Orders;
import io.regulars.events.InteractionRecorded;
import io.regulars.events.OrderChanged;
import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// The causes that a campaign would have had in the past, by the triggers that find them today.
@ApplicationScoped
public class Recollections {

    /// @param at when it happened
    public record Found(long customerId, Trigger.Cause cause, Instant at) {}

    /// @param more whether there were more than were asked for
    public record Past(List<Found> found, boolean more) {}

    /// What cannot be replayed, and why.
    public record Gap(String what, String reason) {}

    private static final String COUNTING = "PAID SHIPPED DELIVERED COMPLETED";

    private final Journal journal;
    private final ObjectMapper json;
    private final Shops shops;
    private final Orders orders;
    private final ShopEvents events;
    private final PastDays days;

    Recollections(Journal journal, ObjectMapper json, Shops shops, Orders orders, ShopEvents events, PastDays days) {
        this.journal = journal;
        this.json = json;
        this.shops = shops;
        this.orders = orders;
        this.events = events;
        this.days = days;
    }

    /// The earliest first, whatever the audience of the campaign.
    ///
    /// @param from exclusive
    public Past between(Plan plan, Instant from, Instant until, int most) {
        List<Found> found = switch (plan.definition().trigger()) {
            case Trigger.Broadcast _ -> List.of();
            case OrderTrigger order -> orders(plan, order, from, until, most + 1);
            case CartTrigger cart ->
                deeds(plan, List.of(Carts.ABANDONED), from, until, most + 1).stream()
                        .flatMap(did -> cart.cause(did, from).map(cause -> found(did, cause)).stream())
                        .toList();
            case InteractionTrigger did -> interactions(plan, did, from, until, most + 1);
            case EventTrigger event -> events.between(plan, event, from, until, most + 1);
            case DayTrigger day -> days.between(day, plan, from, until, most + 1);
            default -> standings(plan, from, until, most + 1);
        };
        return found.size() > most ? new Past(found.subList(0, most), true) : new Past(found, false);
    }

    /// Since when what happened is kept.
    public Instant since() {
        return journal.since();
    }

    /// What of a campaign's causes nothing tells.
    public List<Gap> gaps(Plan plan, Instant from) {
        List<Gap> gaps = new ArrayList<>();
        Instant since = journal.since();
        switch (plan.definition().trigger()) {
            case Trigger.Broadcast _ ->
                gaps.add(new Gap("broadcast", "it has no cause in the past: a rehearsal tells whom it reaches today"));
            case DayTrigger.CouponExpiring _ ->
                gaps.add(new Gap(
                        "codes used since",
                        "a code that was used after its reminder would have gone is not told"
                                + " apart from one that was used before: both are left out"));
            case DayTrigger _ -> {
                // the days are as they were
            }
            case EventTrigger _ -> {
                // the shop's events are kept as they were told
            }
            default -> {
                if (from.isBefore(since)) {
                    gaps.add(new Gap("before " + since, "what begins such campaigns is kept only since then"));
                }
            }
        }
        return gaps;
    }

    private List<Found> interactions(Plan plan, InteractionTrigger trigger, Instant from, Instant until, int most) {
        ZoneId zone = shops.find(plan.merchantId()).zone();
        return deeds(plan, List.of(trigger.kind().recorded()), from, until, most).stream()
                .flatMap(did -> trigger.cause(did, from, zone).map(cause -> found(did, cause)).stream())
                .toList();
    }

    private List<Found> orders(Plan plan, OrderTrigger trigger, Instant from, Instant until, int most) {
        List<String> kinds = Stream.of(
                        trigger.passage() == OrderTrigger.Passage.PAID
                                ? COUNTING.split(" ")
                                : trigger.passage() == OrderTrigger.Passage.REFUNDED
                                        ? new String[] {"PART_REFUNDED", "REFUNDED"}
                                        : new String[] {trigger.passage().name()})
                .map(status -> Chronicle.ORDER + status)
                .toList();
        List<Orders.Passed> passed = journal.between(plan.merchantId(), kinds, from, until, most).stream()
                .map(entry -> read(entry, Orders.Passed.class))
                .toList();
        Set<Orders.Key> firsts = trigger.first() && !passed.isEmpty()
                ? orders.firsts(
                        passed.stream().map(one -> Orders.Key.of(one.order())).collect(Collectors.toSet()))
                : Set.of();
        return passed.stream()
                .flatMap(one -> trigger
                        .cause(one, from, firsts.contains(Orders.Key.of(one.order())))
                        .map(cause -> new Found(one.order().customerId(), cause, changed(one.order())))
                        .stream())
                .toList();
    }

    private static Instant changed(OrderChanged order) {
        return order.changedAt() == null ? order.orderedAt() : order.changedAt();
    }

    private List<InteractionRecorded> deeds(
            Plan plan, Collection<String> kinds, Instant from, Instant until, int most) {
        return journal
                .between(
                        plan.merchantId(),
                        kinds.stream().map(kind -> Chronicle.DID + kind).toList(),
                        from,
                        until,
                        most)
                .stream()
                .map(entry -> read(entry, InteractionRecorded.class))
                .toList();
    }

    private static Found found(InteractionRecorded did, Trigger.Cause cause) {
        return new Found(did.customerId(), cause, did.at());
    }

    private List<Found> standings(Plan plan, Instant from, Instant until, int most) {
        Trigger trigger = plan.definition().trigger();
        List<Journal.Entry> entries = journal.between(plan.merchantId(), List.of(kind(trigger)), from, until, most);
        List<Standing> parts =
                entries.stream().map(entry -> read(entry, Standing.class)).toList();
        Set<String> products = new HashSet<>();
        parts.forEach(part ->
                part.windows().stream().map(RepurchaseWindow::productCode).forEach(products::add));
        var categories = shops.categories(plan.merchantId(), products);
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Journal.Entry entry = entries.get(i);
            trigger.causes(parts.get(i), categories)
                    .forEach(cause -> found.add(new Found(entry.customerId(), cause, entry.at())));
        }
        return found;
    }

    private static String kind(Trigger trigger) {
        return switch (trigger) {
            case Trigger.TierChanged _ -> Chronicle.TIER;
            case Trigger.GroupEntered _ -> Chronicle.GROUP;
            case Trigger.StageEntered _, Trigger.FellAsleep _ -> Chronicle.STAGE;
            case Trigger.ChurnWarning _ -> Chronicle.CHURN;
            case Trigger.RepurchaseWindowOpened _ -> Chronicle.WINDOW;
            case Trigger.ClassEntered(var name, var _) -> Chronicle.CLASS + name;
            default -> throw new IllegalStateException("no standing begins " + trigger.type());
        };
    }

    private <T> T read(Journal.Entry entry, Class<T> type) {
        try {
            return json.readValue(entry.detail(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("what happened is unreadable", e);
        }
    }
}
