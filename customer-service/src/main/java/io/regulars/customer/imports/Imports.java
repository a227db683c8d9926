package io.regulars.customer.imports;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.kit.problem.JsonProblems;
import io.regulars.kit.problem.Problems;

/// Takes files in, and tells what became of them.
@ApplicationScoped
class Imports {

    private static final int UPLOAD_SECONDS = 300;

    private final ImportTable table;
    private final ImportConfig config;
    private final FileStore files;
    private final Staging staging;
    private final ObjectMapper json;
    private final Clock clock;

    Imports(ImportTable table, ImportConfig config, FileStore files, Staging staging, ObjectMapper json, Clock clock) {
        this.table = table;
        this.config = config;
        this.files = files;
        this.staging = staging;
        this.json = json;
        this.clock = clock;
    }

    /// What its sender says of a file.
    ///
    /// @param mapping a JSON object of field to column name, or null
    record Sent(Path file, String name, String preset, String mapping, String encoding, boolean backfill) {}

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem where the file cannot be read; then nothing of it is kept
    ImportJob accept(int merchant, Sent sent) {
        return QuarkusTransaction.joiningExisting().timeout(UPLOAD_SECONDS).call(() -> store(merchant, sent));
    }

    private ImportJob store(int merchant, Sent sent) {
        if (table.waiting(merchant) >= config.mostWaiting()) {
            throw Problems.conflict(config.mostWaiting() + " imports are waiting or running; wait for one to end");
        }
        Charset charset = Encodings.named(sent.encoding());
        Map<Field, String> mapping = mapping(sent.mapping());
        Preset preset = preset(sent.preset(), mapping);
        try {
            new FileCheck(sent.file(), config.mostBytes()).passOrThrow(charset);
            Layout layout = Headers.layout(sent.file(), preset, mapping, charset, sent.backfill());
            ImportJob job = table.insert(merchant, sent.name(), layout, clock.instant());
            files.put(job, sent.file());
            return job;
        } catch (ZipException | EOFException e) {
            throw FileCheck.broken(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Preset preset(String word, Map<Field, String> mapping) {
        if (word == null || word.isBlank()) {
            if (mapping.isEmpty()) {
                throw Problems.invalid("preset", "is required, or mapping; presets are " + Preset.all());
            }
            return Preset.ORDERS;
        }
        return Preset.named(word.strip())
                .orElseThrow(() -> Problems.invalid("preset", "must be one of " + Preset.all()));
    }

    private Map<Field, String> mapping(String text) {
        var mapping = new EnumMap<Field, String>(Field.class);
        if (text == null || text.isBlank()) {
            return mapping;
        }
        try {
            json.readValue(text, new TypeReference<Map<String, String>>() {}).forEach((word, column) -> {
                Field field = Field.named(word)
                        .orElseThrow(
                                () -> Problems.invalid("mapping." + word, "is no field; fields are " + Field.all()));
                if (column == null || column.isBlank()) {
                    throw Problems.invalid("mapping." + word, "must name a column of the file");
                }
                mapping.put(field, column);
            });
            return mapping;
        } catch (JsonProcessingException e) {
            throw Problems.invalid("mapping", JsonProblems.of(e).getDetail());
        }
    }

    @Transactional
    ImportJob find(int merchant, long importId) {
        return table.find(merchant, importId).orElseThrow(() -> Problems.notFound("import", "of this id"));
    }

    @Transactional
    List<ImportJob> page(int merchant, long after, int limit) {
        return table.list(merchant, after, limit);
    }

    @Transactional
    List<LineError> errors(int merchant, long importId, long afterLine, String afterField, int limit) {
        return staging.errors(merchant, importId, afterLine, afterField, limit);
    }

    /// Waits for the chunk under way; what was written stays.
    @Transactional
    ImportJob cancel(int merchant, long importId) {
        ImportJob job = table.lock(merchant, importId).orElseThrow(() -> Problems.notFound("import", "of this id"));
        if (job.finishedAt() != null) {
            throw Problems.conflict("the import is " + job.state());
        }
        staging.delete(job);
        files.delete(job);
        ImportJob cancelled = job.ended("cancelled", null, clock.instant());
        table.save(cancelled, config.claim());
        return cancelled;
    }
}
