package io.regulars.kit.paging;

import io.regulars.kit.problem.Problems;

/// How many items a page holds.
public final class Limit {

    private static final int DEFAULT = 100;
    private static final int MOST = 1_000;

    private Limit() {}

    /// 100 where the caller names none; 422 outside 1 to 1,000.
    public static int of(Integer asked) {
        if (asked == null) {
            return DEFAULT;
        }
        if (asked < 1 || asked > MOST) {
            throw Problems.invalid("limit", "must be 1 to " + MOST + ", not " + asked);
        }
        return asked;
    }
}
