package io.regulars.scoring.score;

import java.util.Set;

/// Why customers are scored.
///
/// @param live whose changes may start campaigns; those of the others are published as backfill
public record Cause(Kind kind, Set<Long> live) {

    enum Kind {
        events,
        time,
        recompute
    }

    public static Cause events(Set<Long> live) {
        return new Cause(Kind.events, live);
    }

    /// Their own instant has come: that is as live as an order.
    static Cause time(Set<Long> customers) {
        return new Cause(Kind.time, customers);
    }

    public static Cause recompute() {
        return new Cause(Kind.recompute, Set.of());
    }

    /// Whether a step is dated by the facts. What an order brings about now, happens now, although its day began
    /// before.
    boolean dates(boolean told) {
        return kind == Kind.time || !told;
    }
}
