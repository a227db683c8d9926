package io.regulars.bench.measure;

import org.HdrHistogram.Histogram;

/// How long answers took, counted from the moment at which each request was due.
///
/// @param offered requests for a second
/// @param answered answers for a second; less than offered where the contestant did not keep up
public record Latency(double offered, double answered, long count, double p50, double p90, double p99, double max) {

    /// @param nanos the answers' times
    public static Latency of(double offered, double seconds, Histogram nanos) {
        return new Latency(
                offered,
                nanos.getTotalCount() / seconds,
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(90) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getMaxValue() / 1e6);
    }
}
