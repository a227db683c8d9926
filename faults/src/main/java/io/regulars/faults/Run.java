package io.regulars.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.regulars.faults.fault.Fault;
import io.regulars.faults.rig.Rig;

/// Some faults, some rounds each, on one system.
final class Run {

    private final Path root;
    private final Path folder;
    private final Consumer<String> says;

    Run(Path root, Path folder, Consumer<String> says) {
        this.root = root;
        this.folder = folder;
        this.says = says;
    }

    Path operations() {
        return folder.resolve("operations.jsonl");
    }

    List<Outcome> of(List<Fault> faults, long seed, int rounds, Duration restsWithin) throws InterruptedException {
        var outcomes = new ArrayList<Outcome>();
        try (var rig = rig()) {
            for (var round = 0; round < rounds; round++) {
                for (var fault : faults) {
                    outcomes.add(new Round(rig, fault, seed + round, outcomes.size() + 1, restsWithin).run());
                }
            }
        }
        return outcomes;
    }

    /// Short rounds, each killing one process.
    List<Outcome> kills(long seed, int rounds, Duration restsWithin) throws InterruptedException {
        try (var rig = rig()) {
            return new KillRounds(rig, restsWithin).run(seed, rounds);
        }
    }

    private Rig rig() throws InterruptedException {
        return new Rig(root, folder.resolve("home"), operations(), says);
    }
}
