package io.regulars.campaign.rehearsal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.Hurdles;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.guardrail.Guard;
import io.regulars.campaign.rehearsal.Findings.Day;
import io.regulars.campaign.rehearsal.Findings.Exclusion;
import io.regulars.campaign.rehearsal.Findings.Hour;
import io.regulars.campaign.trigger.Recollections;
import io.regulars.campaign.trigger.Today;
import io.regulars.events.Channel;

/// Rehearses a campaign on today, and replays it over past days.
@ApplicationScoped
class Rehearsing {

    /// What it found, and messages to be shown.
    record Rehearsed(Findings findings, List<Trial.Sample> samples) {}

    /// The past holds more than a replay keeps in memory.
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuch(String message) {
            super(message);
        }
    }

    static final int MOST_CAUSES = 100_000;
    private static final int CHUNK = 500;

    /// What is held by a cap of a week goes within it, or is too late.
    private static final Duration AHEAD = Duration.ofDays(8);

    private static final String TO_A_QUARTER = "what waits is looked at again every quarter of an hour";

    private static final List<String> OF_TODAY = List.of(
            "of messages that wait for another step consents and conditions are as they are now",
            "an event that a step waits for does not come in time",
            TO_A_QUARTER);

    private static final List<String> OF_THE_PAST = List.of(
            "consents, addresses, suppressions, holdouts, conditions and guardrails are as they are now",
            "an event that a step waits for does not come in time, and nobody reaches the goal",
            "orders that were called off since count as they were; of a cart its newest state is known",
            "budgets are whole: what other campaigns took of the shop's is not taken off",
            "messages that really went count against the caps, but for those of this campaign",
            TO_A_QUARTER);

    private final Tools tools;
    private final Today today;
    private final Recollections recollections;
    private final Audiences audiences;
    private final Shops shops;
    private final Hurdles hurdles;
    private final Costs costs;
    private final Rates rates;
    private final Clock clock;

    Rehearsing(
            Tools tools,
            Today today,
            Recollections recollections,
            Audiences audiences,
            Shops shops,
            Hurdles hurdles,
            Costs costs,
            Rates rates,
            Clock clock) {
        this.tools = tools;
        this.today = today;
        this.recollections = recollections;
        this.audiences = audiences;
        this.shops = shops;
        this.hurdles = hurdles;
        this.costs = costs;
        this.rates = rates;
        this.clock = clock;
    }

    /// @param plan as it is
    /// @param wanted told how many causes were looked at, and of how many, null where that is not known;
    ///     false where nobody wants it any more
    Rehearsed today(Plan plan, BiPredicate<Long, Long> wanted) {
        Instant now = clock.instant();
        Plan supposed = plan.supposed(Instant.EPOCH);
        Shop shop = shops.find(plan.merchantId());
        Long total = plan.definition().trigger() instanceof Trigger.Broadcast
                ? (Long) audiences
                        .count(plan.merchantId(), plan.definition().audience())
                        .customers()
                : null;
        var trial = tools.transaction(() -> new Trial(
                tools,
                supposed,
                shop,
                false,
                now,
                now.plus(AHEAD).plus(ahead(plan)),
                looked -> wanted.test(looked, total)));
        long after = 0;
        boolean more = true;
        while (more) {
            long from = after;
            Today.Chunk chunk = tools.transaction(() -> today.after(supposed, from, CHUNK, MOST_CAUSES, now));
            trial.enter(chunk.found());
            after = chunk.last();
            more = !chunk.finished();
        }
        trial.follow();
        boolean atOnce =
                plan.definition().includeExisting() || plan.definition().trigger() instanceof Trigger.Broadcast;
        List<String> blocked =
                tools.transaction(() -> hurdles.of(plan, atOnce ? trial.tally().customers() : 0));
        return new Rehearsed(
                findings(plan, shop, trial, today.basis(supposed, now), null, now, blocked, List.of(), OF_TODAY),
                trial.samples());
    }

    /// How long its steps wait: so much later its last message goes.
    static Duration ahead(Plan plan) {
        return plan.definition().steps().stream()
                .map(step -> switch (step) {
                    case Step.Wait(var duration) -> duration;
                    case Step.WaitFor(var _, var timeout, var _) -> timeout;
                    case Step.WaitUntilTime _ -> Duration.ofDays(7);
                    default -> Duration.ZERO;
                })
                .reduce(Duration.ZERO, Duration::plus);
    }

    /// @param back how far
    Rehearsed past(Plan plan, Duration back, BiPredicate<Long, Long> wanted) {
        Instant now = clock.instant();
        Instant from = now.minus(back);
        Plan supposed = plan.supposed(from);
        Shop shop = shops.find(plan.merchantId());
        Recollections.Past past = tools.transaction(() -> recollections.between(supposed, from, now, MOST_CAUSES));
        if (past.more()) {
            throw new TooMuch("more than %d causes lie in the past %s: replay fewer days".formatted(MOST_CAUSES, back));
        }
        long total = past.found().size();
        var trial = tools.transaction(
                () -> new Trial(tools, supposed, shop, true, from, now, looked -> wanted.test(looked, total)));
        trial.enter(past.found());
        trial.follow();
        List<Recollections.Gap> gaps = tools.transaction(() -> recollections.gaps(supposed, from));
        return new Rehearsed(
                findings(plan, shop, trial, null, from, now, List.of(), gaps, OF_THE_PAST), trial.samples());
    }

    private Findings findings(
            Plan plan,
            Shop shop,
            Trial trial,
            String basis,
            Instant from,
            Instant until,
            List<String> blocked,
            List<Recollections.Gap> gaps,
            List<String> assumptions) {
        Tally tally = trial.tally();
        List<Exclusion> excluded = new ArrayList<>(tally.excluded());
        if (!blocked.isEmpty() && tally.reachable() > 0) {
            var by = Guard.of(blocked.getFirst());
            excluded.addFirst(new Exclusion(by.name(), by.reason(), tally.reachable()));
        }
        var hours = basis == null ? tally.hours() : rates.spread(tally.hours());
        return new Findings(
                basis,
                from,
                until,
                trial.causes(),
                tally.customers(),
                blocked.isEmpty() ? tally.reachable() : 0,
                tally.reachable(),
                blocked,
                excluded,
                tally.steps(),
                hours(hours, shop),
                basis == null ? days(tally, shop) : List.of(),
                tools.transaction(() -> costs.of(plan.merchantId(), shop, tally, trial.issuing())),
                gaps,
                assumptions);
    }

    private static List<Hour> hours(Map<Instant, Map<Channel, Long>> hours, Shop shop) {
        return hours.entrySet().stream()
                .map(entry -> new Hour(
                        entry.getKey(),
                        LocalDateTime.ofInstant(entry.getKey(), shop.zone()),
                        entry.getValue().getOrDefault(Channel.SMS, 0L),
                        entry.getValue().getOrDefault(Channel.EMAIL, 0L),
                        entry.getValue().getOrDefault(Channel.INBOX, 0L)))
                .toList();
    }

    private static List<Day> days(Tally tally, Shop shop) {
        Map<LocalDate, Day> days = new TreeMap<>();
        hours(tally.hours(), shop)
                .forEach(hour -> days.merge(
                        hour.local().toLocalDate(),
                        new Day(hour.local().toLocalDate(), hour.sms(), hour.email(), hour.inbox(), 0),
                        Rehearsing::sum));
        tally.stoppedByDay()
                .forEach((day, stopped) -> days.merge(day, new Day(day, 0, 0, 0, stopped), Rehearsing::sum));
        return List.copyOf(days.values());
    }

    private static Day sum(Day one, Day other) {
        return new Day(
                one.day(),
                one.sms() + other.sms(),
                one.email() + other.email(),
                one.inbox() + other.inbox(),
                one.stopped() + other.stopped());
    }
}
