package io.regulars.bench.report;

/// What a figure should be. Missing it is told, and fails nothing: machines differ.
public record Goal(boolean atLeast, double bound) {

    public static Goal atLeast(double bound) {
        return new Goal(true, bound);
    }

    public static Goal atMost(double bound) {
        return new Goal(false, bound);
    }

    public boolean met(double figure) {
        return atLeast ? figure >= bound : figure <= bound;
    }

    @Override
    public String toString() {
        return (atLeast ? "≥ " : "≤ ") + Numbers.plain(bound);
    }
}
