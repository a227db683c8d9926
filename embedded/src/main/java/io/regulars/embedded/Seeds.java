package io.regulars.embedded;

import java.util.function.LongConsumer;

/// Runs a simulation for many seeds and names the one that failed. `-Dsimulator.seed=N` replays a single seed,
/// `-Dsimulator.seeds=N` runs more of them.
public final class Seeds {

    private static final long FIRST = 1;

    private Seeds() {}

    public static void run(int usual, LongConsumer simulation) {
        var one = Long.getLong("simulator.seed");
        if (one != null) {
            run(one, simulation);
            return;
        }
        for (var seed = FIRST; seed < FIRST + Integer.getInteger("simulator.seeds", usual); seed++) {
            run(seed, simulation);
        }
    }

    /// Whether one of the first seeds fails: for rules that are broken on purpose.
    ///
    /// @return the seed, or -1 where all went well
    public static long firstFailing(int most, LongConsumer simulation) {
        for (var seed = FIRST; seed < FIRST + most; seed++) {
            try {
                simulation.accept(seed);
            } catch (AssertionError expected) {
                return seed;
            }
        }
        return -1;
    }

    private static void run(long seed, LongConsumer simulation) {
        try {
            simulation.accept(seed);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " failed; replay it with -Dsimulator.seed=" + seed, e);
        }
    }
}
