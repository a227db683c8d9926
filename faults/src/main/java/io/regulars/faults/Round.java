package io.regulars.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.regulars.faults.fault.Fault;
import io.regulars.faults.fault.Strike;
import io.regulars.faults.oracle.Oracle;
import io.regulars.faults.oracle.Recomputed;
import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;
import io.regulars.faults.workload.Workload;

/// One fault, once: shops open and work, the fault strikes, all is healed and comes to rest, the oracle judges.
public final class Round {

    /// Who was awake falls asleep, and campaigns tell them so.
    private static final Duration LATER = Duration.ofDays(31);

    private final Rig rig;
    private final Fault fault;
    private final long seed;
    private final int number;
    private final Duration restsWithin;

    /// @param number among all rounds of the run
    /// @param restsWithin how long it may take until all is at rest
    public Round(Rig rig, Fault fault, long seed, int number, Duration restsWithin) {
        this.rig = rig;
        this.fault = fault;
        this.seed = seed;
        this.number = number;
        this.restsWithin = restsWithin;
    }

    /// @param uncertain messages of which nobody can know whether they arrived
    public record Outcome(
            String fault,
            long seed,
            List<Shop> shops,
            int kills,
            long orders,
            long messages,
            long uncertain,
            List<Violation> violations) {}

    public Outcome run() {
        var kills = rig.kills();
        var name = "r" + number;
        rig.say("round " + number + ": " + fault.name() + ", seed " + seed);
        var workload = new Workload(rig, seed, name, number);
        var strike = new Strike(rig, workload, new Random(seed ^ fault.name().hashCode()));
        var violations = new ArrayList<Violation>();
        workload.start();
        try {
            violations.addAll(fault.strike(strike));
        } finally {
            workload.stop();
        }
        rests(violations, "after the fault ended");
        workload.repeatAnswered();
        violations.addAll(fault.atRest(strike));
        rig.shiftClock(LATER);
        rests(violations, "after a month passed");
        violations.addAll(Oracle.judge(rig, workload.shops()));
        violations.addAll(Recomputed.judge(rig, workload.shops(), "recompute-at-last-" + name));
        violations.forEach(violation -> rig.say("VIOLATION " + violation));
        return outcome(rig.kills() - kills, workload.shops(), violations);
    }

    private void rests(List<Violation> violations, String when) {
        var began = System.nanoTime();
        var busy = rig.settle(restsWithin);
        if (busy.isEmpty()) {
            rig.say("at rest " + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms " + when);
        } else {
            violations.add(new Violation(
                    "I10", "not at rest " + restsWithin.toSeconds() + " s " + when, String.join("; ", busy)));
        }
    }

    private Outcome outcome(int kills, List<Shop> shops, List<Violation> violations) {
        var orders = 0L;
        var messages = 0L;
        var uncertain = 0L;
        try (var databases = rig.databases()) {
            for (var shop : shops) {
                orders += databases
                        .customer()
                        .number("select count(*) from customer_order where merchant_id = ?", shop.merchantId());
                messages += databases
                        .campaign()
                        .number("select count(*) from message where merchant_id = ?", shop.merchantId());
                uncertain += databases
                        .campaign()
                        .number(
                                "select count(*) from message where merchant_id = ? and state = 'uncertain'",
                                shop.merchantId());
            }
        }
        return new Outcome(
                fault.name(), seed, List.copyOf(shops), kills, orders, messages, uncertain, List.copyOf(violations));
    }
}
