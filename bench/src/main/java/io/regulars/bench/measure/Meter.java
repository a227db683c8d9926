package io.regulars.bench.measure;

import java.util.List;

/// Takes time, processor and memory from its making to the sample.
public final class Meter {

    private static final ProcessTree SELF =
            new ProcessTree(ProcessHandle.current().pid());

    private final List<ProcessTree> trees;
    private final boolean selfToo;
    private final double cpuBefore;
    private final long began;

    private Meter(List<ProcessTree> trees, boolean selfToo) {
        this.trees = List.copyOf(trees);
        this.selfToo = selfToo;
        this.trees.forEach(ProcessTree::forgetPeaks);
        this.cpuBefore = cpu();
        this.began = System.nanoTime();
    }

    /// Over these processes, and over those that this one starts and that end before the sample is taken.
    public static Meter over(ProcessTree... trees) {
        return new Meter(List.of(trees), false);
    }

    /// The same where the contestant works within this process. Its memory is not told apart from the benchmark's own.
    public static Meter withSelfOver(ProcessTree... trees) {
        return new Meter(List.of(trees), true);
    }

    public double elapsedSeconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /// Compared by operations for a second.
    public Sample rate(long operations) {
        var wall = elapsedSeconds();
        return sample(operations / wall, wall, operations);
    }

    /// The same where the contestant itself tells its rate, without the time it took to start.
    public Sample rate(long operations, double rate) {
        return sample(rate, elapsedSeconds(), operations);
    }

    /// Compared by the time it took.
    public Sample seconds(long operations) {
        var wall = elapsedSeconds();
        return sample(wall, wall, operations);
    }

    private Sample sample(double value, double wall, long operations) {
        return new Sample(
                value,
                wall,
                operations,
                cpu() - cpuBefore,
                trees.stream().mapToLong(ProcessTree::peakBytes).max().orElse(0));
    }

    private double cpu() {
        return SELF.endedChildrenSeconds()
                + (selfToo ? SELF.ownSeconds() : 0)
                + trees.stream().mapToDouble(ProcessTree::cpuSeconds).sum();
    }
}
