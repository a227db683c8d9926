package io.regulars.scoring.lifecycle;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.stream.IntStream;

import io.regulars.scoring.Words;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Windows;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Says the stage of a customer on a day.
///
/// Sleeping and lost go before all else: who was new and stayed away sleeps. Who was lost and ordered again is won
/// back for a time, counted from that order, and never new again. Who is past that, or past the first months, and
/// awake grows, stays or declines by the orders of the last `lostAfterDays` against those of as many days before:
/// half as many again is growing, half is declining. The period is as long as it takes to be lost, so an awake
/// customer always has an order in it.
///
/// Whether somebody was lost is read from the gaps between the purchase days as they stand: what was given back
/// since, or learned of the shop's cycle, may say so later or no longer.
public final class Lifecycle {

    /// Keeps days that a merchant puts off for ever within what a calendar knows.
    private static final int MOST_DAYS = 40_000_000;

    private final LifecycleRules rules;
    private final int sleepAfterDays;
    private final int lostAfterDays;
    private final int longLostAfterDays;

    /// @param cycleDays the shop's purchase cycle, null while it has none
    public Lifecycle(LifecycleRules rules, Double cycleDays) {
        this.rules = rules;
        var cycle = cycleDays == null ? 0 : rules.sleepAfterCycles() * cycleDays;
        sleepAfterDays = (int) Math.ceil(Math.max(rules.sleepAfterDays(), cycle));
        lostAfterDays = (int) Math.ceil(sleepAfterDays * rules.lostAfter());
        longLostAfterDays = (int) Math.min(MOST_DAYS, Math.ceil(lostAfterDays * rules.longLostAfter()));
    }

    public int sleepAfterDays() {
        return sleepAfterDays;
    }

    public int lostAfterDays() {
        return lostAfterDays;
    }

    public int longLostAfterDays() {
        return longLostAfterDays;
    }

    public Stage stage(PurchaseHistory history, int today) {
        var known = history.known(today);
        return stage(history, known, cameBackOn(history, known), today);
    }

    /// Whether the customer has bought, and neither sleeps nor is lost.
    public boolean awake(PurchaseHistory history, int today) {
        var known = history.known(today);
        return known > 0 && today - history.days()[known - 1] < sleepAfterDays;
    }

    /// For how long a lost customer is lost; null for who is not.
    public Loss loss(PurchaseHistory history, int today) {
        var known = history.known(today);
        return known == 0 ? null : loss(today - history.days()[known - 1]);
    }

    private Loss loss(int quiet) {
        if (quiet < lostAfterDays) {
            return null;
        }
        return quiet < longLostAfterDays ? Loss.SHORT : Loss.LONG;
    }

    /// The last day on which a customer who was lost bought again, or never.
    private int cameBackOn(PurchaseHistory history, int known) {
        for (var i = known - 1; i > 0; i--) {
            if (history.days()[i] - history.days()[i - 1] >= lostAfterDays) {
                return history.days()[i];
            }
        }
        return NEVER;
    }

    private Stage stage(PurchaseHistory history, int known, int cameBackOn, int today) {
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
        if (firstTimeEnds(history, cameBackOn) > today) {
            return cameBackOn == NEVER ? Stage.NEW : Stage.WON_BACK;
        }
        return trend(history, known, today);
    }

    /// The day on which who is new or won back is so no longer.
    private int firstTimeEnds(PurchaseHistory history, int cameBackOn) {
        return cameBackOn == NEVER
                ? Windows.plus(history.days()[0], rules.newFor())
                : Windows.plus(cameBackOn, rules.wonBackFor());
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

    /// The day on which the customer came into the stage of today: by an order or by time alone, and as the purchase
    /// days stand now. Null for who never bought.
    public Integer since(PurchaseHistory history, int today) {
        var known = history.known(today);
        if (known == 0) {
            return null;
        }
        var last = history.days()[known - 1];
        var stage = stage(history, today);
        return switch (stage) {
            case SLEEPING -> last + sleepAfterDays;
            case LOST -> last + lostAfterDays;
            default -> awakeIn(stage, history, today);
        };
    }

    /// Goes back over the days on which the stage can have changed, no farther than to where the customer awoke.
    private int awakeIn(Stage stage, PurchaseHistory history, int today) {
        var first = awokeOn(history, today);
        return turns(history, history.known(today))
                .filter(day -> day > first && day <= today)
                .boxed()
                .sorted(Comparator.reverseOrder())
                .distinct()
                .filter(day -> stage(history, day - 1) != stage)
                .findFirst()
                .orElse(first);
    }

    /// The order since which an awake customer has not slept. Who orders on the very day on which they fall asleep
    /// slept
    /// from its midnight on.
    public int awokeOn(PurchaseHistory history, int today) {
        var awoke = history.known(today) - 1;
        while (awoke > 0 && history.days()[awoke] - history.days()[awoke - 1] < sleepAfterDays) {
            awoke--;
        }
        return history.days()[awoke];
    }

    /// The days on which purchases, and time alone, can change the stage of an awake customer; in no order.
    private IntStream turns(PurchaseHistory history, int known) {
        var ends = IntStream.range(0, known)
                .filter(i -> i == 0 || history.days()[i] - history.days()[i - 1] >= lostAfterDays)
                .map(i -> Windows.plus(history.days()[i], i == 0 ? rules.newFor() : rules.wonBackFor()));
        var purchases = IntStream.range(0, known)
                .map(i -> history.days()[i])
                .flatMap(day -> IntStream.of(day, day + lostAfterDays, day + 2 * lostAfterDays));
        return IntStream.concat(ends, purchases);
    }

    /// The first later day on which the stage, or the degree of a loss, is another by time alone, or never.
    public int changesOn(PurchaseHistory history, int today) {
        var known = history.known(today);
        if (known == 0) {
            return NEVER;
        }
        var cameBackOn = cameBackOn(history, known);
        var now = stage(history, known, cameBackOn, today);
        var last = history.days()[known - 1];
        var loss = loss(today - last);
        var own = IntStream.of(
                firstTimeEnds(history, cameBackOn),
                last + sleepAfterDays,
                last + lostAfterDays,
                last + longLostAfterDays);
        var trend = IntStream.iterate(
                        known - 1, i -> i >= 0 && today - history.days()[i] < 2L * lostAfterDays, i -> i - 1)
                .flatMap(i -> IntStream.of(history.days()[i] + lostAfterDays, history.days()[i] + 2 * lostAfterDays));
        return IntStream.concat(own, trend)
                .filter(day -> day > today && day < history.nextAfter(today))
                .sorted()
                .distinct()
                .filter(day -> stage(history, known, cameBackOn, day) != now || loss(day - last) != loss)
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
                        quiet + "天未购买，满" + lostAfterDays + "天为流失，满" + longLostAfterDays + "天为长期流失",
                        "No order for %d days; lost from %d on, for long from %d on"
                                .formatted(quiet, lostAfterDays, longLostAfterDays));
            case WON_BACK -> {
                var back = LocalDate.ofEpochDay(cameBackOn(history, known));
                yield Words.of("流失后于" + back + "再次购买", "Was lost and ordered again on " + back);
            }
        };
    }
}
