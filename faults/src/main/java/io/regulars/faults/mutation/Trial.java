package io.regulars.faults.mutation;

/// A guard that was taken away, and what its test made of that.
record Trial(Guard guard, TestRun.Result result) {

    private static final String LINE = "%-38s %-12s %7s  %s%n";

    boolean noticed() {
        return result.end() == TestRun.End.RED;
    }

    String verdict() {
        return switch (result.end()) {
            case RED -> "noticed";
            case GREEN -> "NOT NOTICED";
            case BROKEN -> "BROKEN";
            case HUNG -> "HUNG";
        };
    }

    static String header() {
        return LINE.formatted("guard", "", "took", "test");
    }

    String line() {
        return LINE.formatted(
                guard.name(),
                verdict(),
                "%.1f s".formatted(result.took().toMillis() / 1_000.0),
                guard.test() + (result.says() == null ? "" : ": " + result.says()));
    }
}
