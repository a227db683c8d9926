package io.regulars.campaign.guardrail;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The budgets that a batch of messages draws on, in the hands of the one worker that holds them.
public final class Purse {

    /// A budget among all merchants'.
    ///
    /// @param campaign 0 for all marketing of the merchant
    public record Key(int merchant, long campaign, Budget.Kind kind, Budget.Per per) {}

    /// What a message takes from a budget.
    public record Charge(Key budget, LocalDate period, long amount) {}

    /// Said once on the campaign that is held by it.
    record Reached(long campaign, Key budget, LocalDate period, String reason) {}

    /// Room may come by a higher limit, which releases what is held; this is for what it misses.
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    /// A budget with what is used of it.
    static final class Row {
        final Key key;
        final long most;
        final ZoneId zone;
        LocalDate period;
        long used;

        Row(Key key, long most, LocalDate period, long used, ZoneId zone) {
            this.key = key;
            this.most = most;
            this.period = period;
            this.used = used;
            this.zone = zone;
        }

        /// A clock that is slow does not bring back a period that is over.
        private void enter(Instant now) {
            LocalDate start = key.per().start(LocalDate.ofInstant(now, zone));
            if (start.isAfter(period)) {
                period = start;
                used = 0;
            }
        }

        private long amount(long cost) {
            return key.kind() == Budget.Kind.MESSAGES ? 1 : cost;
        }

        private Instant opens(Instant now) {
            LocalDate next = key.per().next(period);
            return next == null ? now.plus(LOOK_AGAIN) : next.atStartOfDay(zone).toInstant();
        }

        private String reason() {
            String limit = switch (key.kind()) {
                case MESSAGES -> most + " messages";
                case MONEY -> BudgetJson.major(most).toPlainString();
                case COUPONS -> BudgetJson.major(most).toPlainString() + " of coupons that are out";
            };
            return "budget: %s %s%s is used up"
                    .formatted(
                            key.campaign() == 0 ? "the shop's" : "the campaign's",
                            limit,
                            key.per() == Budget.Per.ALL ? "" : " per " + BudgetJson.name(key.per()));
        }
    }

    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private final List<Reached> reached = new ArrayList<>();
    private final Instant now;

    Purse(Collection<Row> held, Instant now) {
        this.now = now;
        held.forEach(row -> {
            row.enter(now);
            rows.put(row.key, row);
        });
    }

    /// Without any limit.
    public static Purse bottomless() {
        return new Purse(List.of(), Instant.EPOCH);
    }

    /// The same budgets as of a later instant: what was taken stays taken, in the period that it was taken in.
    public Purse at(Instant later) {
        return new Purse(rows.values(), later);
    }

    /// Why a message waits; empty where there is enough left of everything it draws on.
    ///
    /// @param marketing what is not draws on its campaign's budgets alone
    /// @param cost in millionths
    public Optional<Settings.Hold> empty(int merchant, long campaign, boolean marketing, long cost) {
        Optional<Row> full = full(merchant, campaign, marketing, cost);
        full.ifPresent(row -> reached.add(new Reached(campaign, row.key, row.period, row.reason())));
        return full.map(row -> new Settings.Hold(row.opens(now), row.reason()));
    }

    /// The same as a look that nobody is told of.
    public boolean hasRoom(int merchant, long campaign, boolean marketing, long cost) {
        return full(merchant, campaign, marketing, cost).isEmpty();
    }

    private Optional<Row> full(int merchant, long campaign, boolean marketing, long cost) {
        return rows.values().stream()
                .filter(row -> concerns(row.key, merchant, campaign, marketing))
                .filter(row -> row.amount(cost) > 0 && row.used + row.amount(cost) > row.most)
                .findFirst();
    }

    /// Takes what a message costs out of everything it draws on.
    public List<Charge> take(int merchant, long campaign, boolean marketing, long cost) {
        List<Charge> charges = new ArrayList<>();
        for (Row row : rows.values()) {
            if (concerns(row.key, merchant, campaign, marketing)) {
                row.used += row.amount(cost);
                charges.add(new Charge(row.key, row.period, row.amount(cost)));
            }
        }
        return charges;
    }

    /// Takes back what was taken in this transaction, and not used after all.
    public void putBack(List<Charge> charges) {
        charges.forEach(charge -> rows.get(charge.budget()).used -= charge.amount());
    }

    /// The budgets that something draws on.
    public List<Key> drawnOn(int merchant, long campaign, boolean marketing) {
        return rows.keySet().stream()
                .filter(key -> concerns(key, merchant, campaign, marketing))
                .toList();
    }

    /// What a budget's use was counted to be.
    public void counted(Key key, long used) {
        rows.get(key).used = used;
    }

    private static boolean concerns(Key key, int merchant, long campaign, boolean marketing) {
        return key.merchant() == merchant && (key.campaign() == campaign || key.campaign() == 0 && marketing);
    }

    Collection<Row> rows() {
        return rows.values();
    }

    List<Reached> reached() {
        return reached;
    }
}
