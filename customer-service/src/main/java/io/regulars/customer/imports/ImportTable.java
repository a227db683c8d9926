package io.regulars.customer.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.regulars.customer.rows.Rows;
import org.jdbi.v3.core.Jdbi;

/// The rows of `import_job`, and who works on which.
@Singleton
class ImportTable {

    private static final String INSERT = """
            insert into import_job as j (merchant_id, file_name, layout, state, phase, created_at)
            values (:merchant, :file, :layout::jsonb, 'queued', 'reading', :now)
            returning to_json(j)
            """;

    private static final String WAITING = """
            select count(*) from import_job where merchant_id = :merchant and state in ('queued', 'running')
            """;

    /// Claims run on the database's own clock: replicas must agree, and a shifted business clock must not matter.
    private static final String CLAIM = """
            update import_job j set
              state = 'running', started_at = coalesce(started_at, :now), claimed_by = :replica,
              claimed_until = clock_timestamp() + :claim * interval '1 second'
            where (merchant_id, import_id) = (
              select merchant_id, import_id from import_job
              where state in ('queued', 'running') and claimed_until < clock_timestamp()
              order by import_id for update skip locked limit 1)
            returning to_json(j)
            """;

    private static final String LOCK = """
            select to_json(j) from import_job j where merchant_id = :merchant and import_id = :import for update
            """;

    private static final String SAVE = """
            update import_job j set
              state = r.state, phase = r.phase, read_line = r.read_line, product_done = r.product_done,
              customer_done = r.customer_done, document_done = r.document_done, lines_total = r.lines_total,
              lines_read = r.lines_read, lines_rejected = r.lines_rejected, lines_imported = r.lines_imported,
              counts = r.counts, problem = r.problem, finished_at = r.finished_at, attempts = 0,
              claimed_until = clock_timestamp() + :claim * interval '1 second'
            from jsonb_to_record(:row::jsonb) as r (
              state text, phase text, read_line bigint, product_done text, customer_done text, document_done text,
              lines_total bigint, lines_read bigint, lines_rejected bigint, lines_imported bigint, counts jsonb,
              problem jsonb, finished_at timestamptz)
            where j.merchant_id = :merchant and j.import_id = :import
            """;

    private static final String RELEASE = """
            update import_job set claimed_until = clock_timestamp() + :wait * interval '1 second',
              attempts = attempts + :failures
            where merchant_id = :merchant and import_id = :import and claimed_by = :replica and state = 'running'
            returning attempts
            """;

    private static final String FIND =
            "select to_json(j) from import_job j where merchant_id = :merchant and import_id = :import";

    private static final String LIST = """
            select to_json(j) from import_job j where merchant_id = :merchant and import_id > :after
            order by import_id limit :limit
            """;

    private static final String FORGET = "delete from import_job where finished_at < :before";

    private final Jdbi jdbi;

    ImportTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    ImportJob insert(int merchant, String fileName, Layout layout, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(INSERT)
                .bind("merchant", merchant)
                .bind("file", fileName)
                .bind("layout", Rows.writeOne(layout))
                .bind("now", now)
                .map(Rows.as(ImportJob.class))
                .one());
    }

    long waiting(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(WAITING)
                .bind("merchant", merchant)
                .mapTo(Long.class)
                .one());
    }

    Optional<ImportJob> claim(String replica, Duration claim, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(CLAIM)
                .bind("replica", replica)
                .bind("claim", claim.toSeconds())
                .bind("now", now)
                .map(Rows.as(ImportJob.class))
                .findOne());
    }

    Optional<ImportJob> lock(int merchant, long importId) {
        return jdbi.withHandle(handle -> handle.createQuery(LOCK)
                .bind("merchant", merchant)
                .bind("import", importId)
                .map(Rows.as(ImportJob.class))
                .findOne());
    }

    void save(ImportJob job, Duration claim) {
        jdbi.useHandle(handle -> handle.createUpdate(SAVE)
                .bind("merchant", job.merchantId())
                .bind("import", job.importId())
                .bind("row", Rows.writeOne(job))
                .bind("claim", claim.toSeconds())
                .execute());
    }

    /// Lets the job go, to be taken up after a while.
    ///
    /// @return how often it failed since it last got on
    int release(ImportJob job, String replica, Duration wait, int failures) {
        return jdbi.withHandle(handle -> handle.createQuery(RELEASE)
                .bind("merchant", job.merchantId())
                .bind("import", job.importId())
                .bind("replica", replica)
                .bind("wait", wait.toSeconds())
                .bind("failures", failures)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0));
    }

    Optional<ImportJob> find(int merchant, long importId) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("import", importId)
                .map(Rows.as(ImportJob.class))
                .findOne());
    }

    List<ImportJob> list(int merchant, long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("after", after)
                .bind("limit", limit)
                .map(Rows.as(ImportJob.class))
                .list());
    }

    /// With their error reports.
    void forget(Instant before) {
        jdbi.useHandle(
                handle -> handle.createUpdate(FORGET).bind("before", before).execute());
    }
}
