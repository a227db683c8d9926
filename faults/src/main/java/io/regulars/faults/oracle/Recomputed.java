package io.regulars.faults.oracle;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;

/// I3 once more, by the service's own word: rebuilding every history from the orders and scoring everybody anew changes
/// no row.
public final class Recomputed {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Recomputed() {}

    /// @param key unique for this call
    public static List<Violation> judge(Rig rig, List<Shop> shops, String key) {
        var before = Fingerprint.of(rig, shops);
        for (var shop : shops) {
            shop.owner()
                    .done(Request.post("recompute", "all", key, "/api/scoring/v1/recomputes", Map.of("rebuild", true)));
        }
        var busy = AtRest.judge(rig, PATIENCE, "after a recompute");
        if (!busy.isEmpty()) {
            return busy;
        }
        return before.changesTo(Fingerprint.of(rig, shops), "a recompute from the orders").stream()
                .map(violation -> new Violation("I3", violation.what(), violation.evidence()))
                .toList();
    }
}
