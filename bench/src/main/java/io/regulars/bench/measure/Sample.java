package io.regulars.bench.measure;

/// What one contestant did in one round.
///
/// @param value the figure that is compared: operations for a second, or seconds
/// @param cpuSeconds of all processes concerned; NaN where the machine does not tell
/// @param peakBytes the greatest resident memory of any one of them; 0 where the machine does not tell
public record Sample(double value, double wallSeconds, long operations, double cpuSeconds, long peakBytes) {

    public double cpuSecondsPerThousand() {
        return cpuSeconds * 1_000 / operations;
    }
}
