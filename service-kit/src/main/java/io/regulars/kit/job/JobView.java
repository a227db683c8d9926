package io.regulars.kit.job;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.regulars.kit.problem.ItemProblem;

/// Long work as its caller sees it.
///
/// @param state `queued`, `running`, `paused`, `done`, `failed`, `cancelled`
/// @param done units of work finished so far
/// @param total units in all, absent while unknown
/// @param rate units a second since the start
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
        String id,
        String state,
        long done,
        Long total,
        Double rate,
        Instant startedAt,
        Instant finishedAt,
        ItemProblem problem) {

    /// Units a second between start and end (or now), absent before the first moment has passed.
    public static Double rate(long done, Instant startedAt, Instant finishedAt, Instant now) {
        if (startedAt == null) {
            return null;
        }
        long millis = Duration.between(startedAt, finishedAt == null ? now : finishedAt)
                .toMillis();
        return millis <= 0 ? null : Math.round(done * 10_000.0 / millis) / 10.0;
    }
}
