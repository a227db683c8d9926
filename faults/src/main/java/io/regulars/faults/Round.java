package io.regulars.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;

import io.regulars.faults.fault.Fault;
import io.regulars.faults.fault.Strike;
import io.regulars.faults.oracle.AtRest;
import io.regulars.faults.oracle.Oracle;
import io.regulars.faults.oracle.Recomputed;
import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Workload;

/// One fault, once: shops open and work, the fault strikes, all is healed and comes to rest, the oracle judges.
public final class Round {

    /// Who was awake falls asleep, and campaigns tell them so.
    static final Duration LATER = Duration.ofDays(31);

    private static final int REPEATED = 200;

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

    public Outcome run() {
        var began = System.nanoTime();
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
        violations.addAll(AtRest.judge(rig, restsWithin, "after the fault ended"));
        workload.repeatAnswered(REPEATED);
        violations.addAll(fault.atRest(strike));
        rig.shiftClock(LATER);
        violations.addAll(AtRest.judge(rig, restsWithin, "after a month passed"));
        violations.addAll(Oracle.judge(rig, workload.shops()));
        violations.addAll(Recomputed.judge(rig, workload.shops(), "recompute-at-last-" + name));
        violations.forEach(violation -> rig.say("VIOLATION " + violation));
        rig.say(fault.name() + ", seed " + seed + ": " + violations.size() + " violations");
        return Outcome.of(rig, fault.name(), seed, workload.shops(), rig.kills() - kills, began, violations);
    }
}
