package io.regulars.scoring.simulation;

import java.time.Instant;
import java.time.Period;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.job.JobView;
import io.regulars.scoring.simulation.SimulationJobs.Job;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A simulation that runs as a job, as callers see it.
///
/// @param model whose rules are tried, as they stood when it was asked for
/// @param window one window for tiers and groups alike; absent for the rules' own
/// @param state `queued`, `running`, `done`, `failed`, `cancelled`
/// @param done customers looked at so far
/// @param total customers of the shop, absent until it begins
/// @param rate customers a second since the start
/// @param problem why it failed
/// @param result what it found, when it is done
public record SimulationJobView(
        String id,
        String model,
        Instant asOf,
        Period window,
        String state,
        long done,
        Long total,
        Double rate,
        Instant requestedAt,
        Instant startedAt,
        Instant finishedAt,
        String problem,

        @JsonRawValue @Schema(implementation = SimulationView.class)
        String result) {

    static final String PREFIX = "sim";

    /// @param result whether it is shown too
    static SimulationJobView from(Job job, boolean result, Instant now) {
        return new SimulationJobView(
                PublicId.format(PREFIX, job.id()),
                PublicId.format("mdl", job.version()),
                job.asOf(),
                job.window(),
                job.state(),
                job.done(),
                job.total(),
                JobView.rate(job.done(), job.startedAt(), job.finishedAt(), now),
                job.requestedAt(),
                job.startedAt(),
                job.finishedAt(),
                job.problem(),
                result ? job.result() : null);
    }
}
