package io.regulars.campaign.rehearsal;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.job.JobView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A rehearsal as callers see it.
///
/// @param revision of the campaign that was tried
/// @param past how far back it is replayed; absent for today
/// @param state `queued`, `running`, `done`, `failed`, `cancelled`
/// @param done causes looked at so far
/// @param total absent while unknown
/// @param rate causes a second since the start
/// @param problem why it failed
/// @param result what it found, when it is done
/// @param samples messages as customers would read them
@JsonInclude(JsonInclude.Include.NON_NULL)
record RehearsalView(
        String id,
        String campaignId,
        int revision,
        String past,
        String state,
        long done,
        Long total,
        Double rate,
        Instant requestedAt,
        Instant startedAt,
        Instant finishedAt,
        String problem,

        @JsonRawValue @Schema(implementation = Findings.class)
        String result,

        List<Samples.Sample> samples) {

    /// @param samples null where they are not shown, and the result neither
    static RehearsalView of(Rehearsals.Job job, List<Samples.Sample> samples, Instant now) {
        return new RehearsalView(
                PublicId.format(Rehearsals.ID, job.id()),
                Campaigns.publicId(job.campaign().campaignId()),
                job.campaign().revision(),
                job.past(),
                job.state(),
                job.done(),
                job.total(),
                JobView.rate(job.done(), job.startedAt(), job.finishedAt(), now),
                job.requestedAt(),
                job.startedAt(),
                job.finishedAt(),
                job.problem(),
                samples == null ? null : job.result(),
                samples);
    }
}
