package io.regulars.local.unit;

import java.util.Random;
import java.util.stream.IntStream;

import io.regulars.local.home.PortPlan;

/// A plan of ports that nobody listens on, for systems that live no longer than a test or a benchmark.
public final class FreePorts {

    private FreePorts() {}

    public static PortPlan plan() {
        return IntStream.generate(() -> 10_000 + new Random().nextInt(1_000) * 20)
                .mapToObj(PortPlan::new)
                .filter(plan -> plan.all().keySet().stream().noneMatch(PortOwners::taken))
                .findFirst()
                .orElseThrow();
    }
}
