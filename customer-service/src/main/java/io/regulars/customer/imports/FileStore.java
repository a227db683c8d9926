package io.regulars.customer.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import jakarta.inject.Singleton;

import io.quarkus.narayana.jta.QuarkusTransaction;
import org.jdbi.v3.core.Jdbi;

/// Uploaded files, packed, in parts in the database: there any replica can go on with them.
@Singleton
class FileStore {

    private static final int PART = 1 << 20;

    private static final String INSERT = """
            insert into import_part (merchant_id, import_id, part_no, content)
            values (:merchant, :import, :part, :content)
            """;

    private static final String READ = """
            select content from import_part
            where merchant_id = :merchant and import_id = :import and part_no = :part
            """;

    private static final String DELETE =
            "delete from import_part where merchant_id = :merchant and import_id = :import";

    private final Jdbi jdbi;

    FileStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// In the caller's transaction.
    void put(ImportJob job, Path file) throws IOException {
        try (var in = FileCheck.open(file);
                var out = new GZIPOutputStream(new Parts(job), 64 * 1024)) {
            in.transferTo(out);
        }
    }

    /// The file's text bytes. Each part is read when it is needed, in a transaction of its own.
    InputStream open(ImportJob job) throws IOException {
        return new GZIPInputStream(
                new SequenceInputStream(new Enumeration<InputStream>() {
                    private int part;
                    private byte[] next = read(job, 0);

                    @Override
                    public boolean hasMoreElements() {
                        return next != null;
                    }

                    @Override
                    public InputStream nextElement() {
                        if (next == null) {
                            throw new NoSuchElementException("the file has no part " + part);
                        }
                        var stream = new ByteArrayInputStream(next);
                        next = read(job, ++part);
                        return stream;
                    }
                }),
                64 * 1024);
    }

    void delete(ImportJob job) {
        jdbi.useHandle(handle -> handle.createUpdate(DELETE)
                .bind("merchant", job.merchantId())
                .bind("import", job.importId())
                .execute());
    }

    private byte[] read(ImportJob job, int part) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery(READ)
                        .bind("merchant", job.merchantId())
                        .bind("import", job.importId())
                        .bind("part", part)
                        .mapTo(byte[].class)
                        .findOne()
                        .orElse(null)));
    }

    private final class Parts extends OutputStream {
        private final ImportJob job;
        private final byte[] buffer = new byte[PART];
        private int filled;
        private int part;

        Parts(ImportJob job) {
            this.job = job;
        }

        @Override
        public void write(int b) {
            if (filled == PART) {
                flushPart();
            }
            buffer[filled++] = (byte) b;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            int done = 0;
            while (done < length) {
                if (filled == PART) {
                    flushPart();
                }
                int some = Math.min(PART - filled, length - done);
                System.arraycopy(bytes, from + done, buffer, filled, some);
                filled += some;
                done += some;
            }
        }

        @Override
        public void close() {
            if (filled > 0) {
                flushPart();
            }
        }

        private void flushPart() {
            jdbi.useHandle(handle -> handle.createUpdate(INSERT)
                    .bind("merchant", job.merchantId())
                    .bind("import", job.importId())
                    .bind("part", part)
                    .bind("content", Arrays.copyOf(buffer, filled))
                    .execute());
            part++;
            filled = 0;
        }
    }
}
