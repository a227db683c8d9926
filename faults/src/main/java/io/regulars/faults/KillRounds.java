package io.regulars.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.regulars.faults.fault.KillOne;
import io.regulars.faults.fault.Strike;
import io.regulars.faults.oracle.AtRest;
import io.regulars.faults.oracle.Oracle;
import io.regulars.faults.oracle.Recomputed;
import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Workload;

/// Many short rounds on one system, each with one process that dies. Two shops stay for some rounds; in the last of
/// them a month passes and everything is worked out anew.
final class KillRounds {

    private static final int SAME_SHOPS = 6;
    private static final int REPEATED = 40;

    /// Caps are free again, it is another hour of the day, and every repurchase window that was about to open is open.
    private static final Duration NEXT_DAY = Duration.ofHours(29);

    private final Rig rig;
    private final Duration restsWithin;
    private final KillOne kill;

    KillRounds(Rig rig, Duration restsWithin) {
        this.rig = rig;
        this.restsWithin = restsWithin;
        this.kill = KillOne.of(rig);
    }

    List<Outcome> run(long seed, int rounds) {
        var outcomes = new ArrayList<Outcome>();
        Workload workload = null;
        Outcome before = null;
        for (var round = 0; round < rounds; round++) {
            var first = round % SAME_SHOPS == 0;
            if (first) {
                workload = new Workload(rig, seed + round, "k" + (round + 1), round + 1);
                workload.broadcast();
            }
            var last = round % SAME_SHOPS == SAME_SHOPS - 1 || round == rounds - 1;
            var sinceOpening = round(workload, seed + round, round + 1, last);
            outcomes.add(first ? sinceOpening : sinceOpening.since(before));
            before = sinceOpening;
        }
        return outcomes;
    }

    private Outcome round(Workload workload, long seed, int number, boolean last) {
        var began = System.nanoTime();
        var kills = rig.kills();
        var violations = new ArrayList<Violation>();
        workload.startPart(seed, "p" + number);
        try {
            violations.addAll(kill.strike(new Strike(rig, workload, new Random(seed))));
        } finally {
            workload.stop();
        }
        violations.addAll(AtRest.judge(rig, restsWithin, "after the kill"));
        workload.repeatAnswered(REPEATED);
        rig.shiftClock(last ? Round.LATER : NEXT_DAY);
        violations.addAll(AtRest.judge(rig, restsWithin, last ? "after a month passed" : "on the next day"));
        violations.addAll(Oracle.judge(rig, workload.shops()));
        if (last) {
            violations.addAll(Recomputed.judge(rig, workload.shops(), "recompute-at-last-" + number));
        }
        violations.forEach(violation -> rig.say("VIOLATION " + violation));
        var outcome = Outcome.of(rig, kill.died(), seed, workload.shops(), rig.kills() - kills, began, violations);
        rig.say("round " + number + ", seed " + seed + ": " + kill.died() + ", "
                + outcome.took().toMillis() + " ms, " + violations.size() + " violations");
        return outcome;
    }
}
