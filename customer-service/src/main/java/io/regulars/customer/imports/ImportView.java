package io.regulars.customer.imports;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.job.JobView;
import io.regulars.kit.problem.ItemProblem;

/// An import as it is read: a job whose units are lines.
///
/// @param state `queued`, `running`, `done`, `failed`, `cancelled`
/// @param phase `reading`, `products`, `orders`, `finished`
/// @param done lines dealt with: imported or rejected
/// @param total lines of the file, once all are read
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportView(
        String id,
        String state,
        String phase,
        long done,
        Long total,
        Double rate,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt,
        ItemProblem problem,
        String fileName,
        String preset,
        boolean backfill,
        Lines lines,
        Counts counts) {

    /// @param read lines read so far
    /// @param rejected lines that are in the error report and nowhere else
    record Lines(long read, long imported, long rejected) {}

    static ImportView of(ImportJob job, Instant now) {
        long done = job.linesImported() + job.linesRejected();
        return new ImportView(
                PublicId.format("imp", job.importId()),
                job.state(),
                job.phase(),
                done,
                job.linesTotal(),
                JobView.rate(done, job.startedAt(), job.finishedAt(), now),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.problem(),
                job.fileName(),
                job.layout().preset(),
                job.layout().backfill(),
                new Lines(job.linesRead(), job.linesImported(), job.linesRejected()),
                job.counts());
    }
}
