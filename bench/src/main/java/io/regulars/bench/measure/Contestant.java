package io.regulars.bench.measure;

/// Who takes part in a race.
public record Contestant(String name, Turn turn) {

    /// One turn of a contestant; the rounds count from 0.
    @FunctionalInterface
    public interface Turn {
        Sample take(int round) throws Exception;
    }
}
