package io.regulars.scoring.churn;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;

import io.regulars.scoring.Words;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.lifecycle.Lifecycle;
import io.regulars.scoring.lifetime.BgNbd;
import io.regulars.scoring.lifetime.BuyingPattern;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Says on a day whether a customer is about to be lost, and why.
///
/// Only those are watched who bought on two days or more and are awake: who sleeps or is lost needs no warning, and of
/// who bought once nothing has fallen yet.
public final class ChurnWatch {

    private final ChurnRules rules;
    private final Lifecycle lifecycle;
    private final BgNbd lifetime;
    private final int periodDays;

    /// @param cycleDays the shop's purchase cycle, null while it has none
    /// @param lifetime the shop's fit, null while it has none: then nobody is probably gone
    public ChurnWatch(ChurnRules rules, Lifecycle lifecycle, Double cycleDays, BgNbd lifetime) {
        this.rules = rules;
        this.lifecycle = lifecycle;
        this.lifetime = lifetime;
        var cycles = cycleDays == null ? 0 : rules.cycles() * cycleDays;
        periodDays = (int) Math.ceil(Math.max(rules.days(), cycles));
    }

    public int periodDays() {
        return periodDays;
    }

    /// @return null where there is nothing to warn of
    public Warning warning(PurchaseHistory history, int today) {
        var signs = signs(history, today);
        if (signs.isEmpty()) {
            return null;
        }
        var awokeOn = lifecycle.awokeOn(history, today);
        var since = today;
        while (since > awokeOn && !signs(history, since - 1).isEmpty()) {
            since--;
        }
        return new Warning(signs, since);
    }

    private Set<Sign> signs(PurchaseHistory history, int today) {
        var signs = EnumSet.noneOf(Sign.class);
        if (!watched(history, today)) {
            return signs;
        }
        var lately = kept(history, today);
        var before = kept(history, today - periodDays);
        if (before.orders() >= rules.leastOrders()) {
            if (rules.frequencyShare() > 0 && lately.orders() <= rules.frequencyShare() * before.orders()) {
                signs.add(Sign.frequency);
            }
            if (rules.amountShare() > 0
                    && before.amount() > 0
                    && lately.amount() <= rules.amountShare() * before.amount()) {
                signs.add(Sign.amount);
            }
        }
        if (judgesAlive() && lifetime.aliveBelow(BuyingPattern.of(history, today), rules.aliveBelow())) {
            signs.add(Sign.alive);
        }
        return signs;
    }

    private boolean watched(PurchaseHistory history, int today) {
        return history.known(today) > 1 && lifecycle.awake(history, today);
    }

    private boolean judgesAlive() {
        return lifetime != null && rules.aliveBelow() > 0;
    }

    /// Orders and what was kept of them.
    private record Kept(long orders, long amount) {}

    /// In the period that ends with the day.
    private Kept kept(PurchaseHistory history, int last) {
        var orders = 0L;
        var amount = 0L;
        for (var i = history.known(last) - 1; i >= 0 && (long) last - history.days()[i] < periodDays; i--) {
            orders += history.orders()[i];
            amount += history.amounts()[i];
        }
        return new Kept(orders, amount);
    }

    /// The first later day on which other signs hold by time alone, or never.
    public int changesOn(PurchaseHistory history, int today) {
        if (!watched(history, today)) {
            return NEVER;
        }
        var now = signs(history, today);
        var known = history.known(today);
        var sleeps = history.days()[known - 1] + lifecycle.sleepAfterDays();
        var leaving = IntStream.iterate(
                        known - 1, i -> i >= 0 && today - history.days()[i] < 2L * periodDays, i -> i - 1)
                .flatMap(i -> IntStream.of(history.days()[i] + periodDays, history.days()[i] + 2 * periodDays));
        return IntStream.concat(IntStream.of(sleeps, probablyGoneOn(history, today)), leaving)
                .filter(day -> day > today && day <= sleeps && day < history.nextAfter(today))
                .sorted()
                .distinct()
                .filter(day -> !signs(history, day).equals(now))
                .findFirst()
                .orElse(NEVER);
    }

    private int probablyGoneOn(PurchaseHistory history, int today) {
        if (!judgesAlive()) {
            return NEVER;
        }
        var day = lifetime.aliveBelowOn(BuyingPattern.of(history, today), rules.aliveBelow());
        return day == Integer.MAX_VALUE ? NEVER : history.days()[0] + day;
    }

    public Words reason(Set<Sign> signs, PurchaseHistory history, int today) {
        var lately = kept(history, today);
        var before = kept(history, today - periodDays);
        return signs.stream()
                .map(sign -> switch (sign) {
                    case frequency ->
                        Words.of(
                                "近%d天%d单，之前同样天数%d单".formatted(periodDays, lately.orders(), before.orders()),
                                "%d orders in the last %d days, %d in as many before"
                                        .formatted(lately.orders(), periodDays, before.orders()));
                    case amount ->
                        Words.of(
                                "近%d天的消费额降至之前同样天数的%s".formatted(periodDays, share(lately, before)),
                                "spent in the last %d days %s of what was in as many before"
                                        .formatted(periodDays, share(lately, before)));
                    case alive ->
                        Words.of(
                                "仍会购买的概率低于%s".formatted(percent(rules.aliveBelow())),
                                "still a customer with a probability of less than %s"
                                        .formatted(percent(rules.aliveBelow())));
                })
                .reduce((one, next) -> Words.of(one.zh() + "；" + next.zh(), one.en() + "; " + next.en()))
                .orElseThrow();
    }

    private static String share(Kept lately, Kept before) {
        return percent((double) lately.amount() / before.amount());
    }

    private static String percent(double share) {
        return Math.round(100 * share) + "%";
    }
}
