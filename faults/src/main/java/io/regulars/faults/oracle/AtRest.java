package io.regulars.faults.oracle;

import java.time.Duration;
import java.util.List;

import io.regulars.faults.rig.Rig;

/// I10: when a fault has ended all comes to rest in time: no lag, empty outboxes, nothing due, nothing half done.
public final class AtRest {

    private AtRest() {}

    /// Waits for it.
    ///
    /// @param when what it rests from, as `after the fault ended`
    public static List<Violation> judge(Rig rig, Duration within, String when) {
        var began = System.nanoTime();
        var busy = rig.settle(within);
        if (busy.isEmpty()) {
            rig.say("at rest " + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms " + when);
            return List.of();
        }
        return List.of(
                new Violation("I10", "not at rest " + within.toSeconds() + " s " + when, String.join("; ", busy)));
    }
}
