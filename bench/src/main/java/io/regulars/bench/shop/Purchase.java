package io.regulars.bench.shop;

import java.time.Instant;
import java.util.List;

/// One order of a buyer.
public record Purchase(Instant at, List<Line> lines) {

    public Purchase {
        lines = List.copyOf(lines);
    }

    public long amount() {
        return lines.stream().mapToLong(Line::amount).sum();
    }
}
