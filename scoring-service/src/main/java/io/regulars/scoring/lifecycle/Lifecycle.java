package io.regulars.scoring.lifecycle;

import java.util.stream.IntStream;

import io.regulars.scoring.Words;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Windows;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Says the stage of a customer on a day.
///
/// Sleeping and lost go before all else: who was new and stayed away sleeps. Who is past the first months and
/// awake grows, stays or declines by the orders of the last `lostAfterDays` against those of as many days before:
/// half as many again is growing, half is declining. The period is as long as it takes to be lost, so an awake
/// customer always has an order in it.
public final class Lifecycle {

    private final LifecycleRules rules;
    private final int sleepAfterDays;
    private final int lostAfterDays;

    /// @param cycleDays the shop's purchase cycle, null while it has none
    public Lifecycle(LifecycleRules rules, Double cycleDays) {
        this.rules = rules;
        var cycle = cycleDays == null ? 0 : rules.sleepAfterCycles() * cycleDays;
        sleepAfterDays = (int) Math.ceil(Math.max(rules.sleepAfterDays(), cycle));
        lostAfterDays = (int) Math.ceil(sleepAfterDays * rules.lostAfter());
    }

    public int sleepAfterDays() {
        return sleepAfterDays;
    }

    public int lostAfterDays() {
        return lostAfterDays;
    }

    public Stage stage(PurchaseHistory history, int today) {
        var known = history.known(today);
        if (known == 0) {
            return Stage.PROSPECT;
        }
        var quiet = today - history.days()[known - 1];
        if (quiet >= lostAfterDays) {
            return Stage.LOST;
        }
        if (quiet >= sleepAfterDays) {
            return Stage.SLEEPING;
        }
        if (Windows.plus(history.days()[0], rules.newFor()) > today) {
            return Stage.NEW;
        }
        return trend(history, known, today);
    }

    private Stage trend(PurchaseHistory history, int known, int today) {
        var lately = 0L;
        var before = 0L;
        for (var i = known - 1; i >= 0 && today - history.days()[i] < 2L * lostAfterDays; i--) {
            if (today - history.days()[i] < lostAfterDays) {
                lately += history.orders()[i];
            } else {
                before += history.orders()[i];
            }
        }
        if (2 * lately >= 3 * before) {
            return Stage.GROWING;
        }
        return 2 * lately <= before ? Stage.DECLINING : Stage.MATURE;
    }

    /// The day on which a sleeping or lost customer became so, else null: the other stages come with orders.
    public Integer since(Stage stage, PurchaseHistory history, int today) {
        var known = history.known(today);
        return switch (stage) {
            case SLEEPING -> history.days()[known - 1] + sleepAfterDays;
            case LOST -> history.days()[known - 1] + lostAfterDays;
            case NEW -> history.days()[0];
            case PROSPECT, GROWING, MATURE, DECLINING -> null;
        };
    }

    /// The first later day on which the stage is another by time alone, or never.
    public int changesOn(PurchaseHistory history, int today) {
        var known = history.known(today);
        if (known == 0) {
            return NEVER;
        }
        var now = stage(history, today);
        var last = history.days()[known - 1];
        var own = IntStream.of(
                Windows.plus(history.days()[0], rules.newFor()), last + sleepAfterDays, last + lostAfterDays);
        var trend = IntStream.iterate(
                        known - 1, i -> i >= 0 && today - history.days()[i] < 2L * lostAfterDays, i -> i - 1)
                .flatMap(i -> IntStream.of(history.days()[i] + lostAfterDays, history.days()[i] + 2 * lostAfterDays));
        return IntStream.concat(own, trend)
                .filter(day -> day > today && day < history.nextAfter(today))
                .sorted()
                .distinct()
                .filter(day -> stage(history, day) != now)
                .findFirst()
                .orElse(NEVER);
    }

    public Words reason(Stage stage, PurchaseHistory history, int today) {
        var known = history.known(today);
        if (known == 0) {
            return Words.of("尚未购买", "Has not bought yet");
        }
        var quiet = today - history.days()[known - 1];
        return switch (stage) {
            case PROSPECT -> Words.of("尚未购买", "Has not bought yet");
            case NEW -> Words.of("首次购买不久", "First order not long ago");
            case GROWING ->
                Words.of(
                        "近" + lostAfterDays + "天的订单明显多于之前",
                        "More orders in the last " + lostAfterDays + " days than before");
            case MATURE ->
                Words.of(
                        "近" + lostAfterDays + "天的订单与之前相当",
                        "As many orders in the last " + lostAfterDays + " days as before");
            case DECLINING ->
                Words.of(
                        "近" + lostAfterDays + "天的订单不到之前的一半",
                        "At most half as many orders in the last " + lostAfterDays + " days as before");
            case SLEEPING ->
                Words.of(
                        quiet + "天未购买，满" + sleepAfterDays + "天为沉睡",
                        "No order for " + quiet + " days; sleeping from " + sleepAfterDays + " on");
            case LOST ->
                Words.of(
                        quiet + "天未购买，满" + lostAfterDays + "天为流失",
                        "No order for " + quiet + " days; lost from " + lostAfterDays + " on");
        };
    }
}
