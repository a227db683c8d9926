package io.regulars.local;

import java.util.Random;
import java.util.stream.IntStream;

import io.regulars.local.home.PortPlan;
import io.regulars.local.unit.PortOwners;

/// A plan of ports that nobody listens on.
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
