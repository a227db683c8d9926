package io.regulars.customer.imports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

import jakarta.inject.Singleton;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.regulars.customer.product.ProductSeen;
import io.regulars.customer.rows.Rows;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;

/// The good lines of files under way, and the errors of the others.
@Singleton
class Staging {

    private static final String COPY = """
            copy import_row (
              merchant_id, import_id, customer, document, line, product_code, product_name, category, ordered_at, body)
            from stdin (format csv)
            """;

    private static final String INSERT_ERRORS = """
            insert into import_error (merchant_id, import_id, line, field, reason, value)
            select :merchant, :import, line, field, reason, value
            from json_to_recordset(:rows::json) as r (line bigint, field text, reason text, value text)
            on conflict do nothing
            """;

    /// Of each product the latest line that tells its name, in the order of the codes.
    private static final String PRODUCTS = """
            select distinct on (product_code) product_code, product_name, category, ordered_at from import_row
            where merchant_id = :merchant and import_id = :import and product_code > :after
            order by product_code, product_name is null, ordered_at desc, line desc
            limit :limit
            """;

    private static final String NEXT = """
            select body from import_row
            where merchant_id = :merchant and import_id = :import and (customer, document) > (:customer, :document)
            order by customer, document, line
            limit :limit
            """;

    private static final String ONE_DOCUMENT = """
            select body from import_row
            where merchant_id = :merchant and import_id = :import and customer = :customer and document = :document
            order by line
            """;

    private static final String DELETE = "delete from import_row where merchant_id = :merchant and import_id = :import";

    private static final String ERRORS = """
            select line, field, reason, value from import_error
            where merchant_id = :merchant and import_id = :import and (line, field) > (:line, :field)
            order by line, field limit :limit
            """;

    private final Jdbi jdbi;

    Staging(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void add(ImportJob job, List<StagedLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        byte[] rows = csv(job, lines);
        jdbi.useHandle(handle -> {
            try {
                handle.getConnection()
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(COPY, new ByteArrayInputStream(rows));
            } catch (SQLException e) {
                throw new IllegalStateException("lines could not be staged", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static byte[] csv(ImportJob job, List<StagedLine> lines) {
        var bytes = new ByteArrayOutputStream(lines.size() * 500);
        try (var csv = CsvWriter.builder().build(bytes, StandardCharsets.UTF_8)) {
            for (StagedLine line : lines) {
                csv.writeRecord(
                        Integer.toString(job.merchantId()),
                        Long.toString(job.importId()),
                        line.customer(),
                        line.document(),
                        Long.toString(line.line()),
                        line.productCode(),
                        line.productName(),
                        line.category(),
                        line.at().toString(),
                        Rows.writeOne(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    void addErrors(ImportJob job, List<LineError> errors) {
        if (errors.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(INSERT_ERRORS)
                .bind("merchant", job.merchantId())
                .bind("import", job.importId())
                .bind("rows", Rows.write(errors))
                .execute());
    }

    List<ProductSeen> products(ImportJob job, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(PRODUCTS)
                .bind("merchant", job.merchantId())
                .bind("import", job.importId())
                .bind("after", job.productDone())
                .bind("limit", limit)
                .map((row, context) -> new ProductSeen(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()))
                .list());
    }

    /// The next lines after the last document that was written: whole documents, about `limit` lines of them.
    List<StagedLine> next(ImportJob job, int limit) {
        List<StagedLine> lines = jdbi.withHandle(handle -> handle.createQuery(NEXT)
                .bind("merchant", job.merchantId())
                .bind("import", job.importId())
                .bind("customer", job.customerDone())
                .bind("document", job.documentDone())
                .bind("limit", limit)
                .map(Rows.as(StagedLine.class))
                .list());
        if (lines.size() < limit) {
            return lines;
        }
        StagedLine last = lines.getLast();
        List<StagedLine> whole =
                lines.stream().filter(line -> !sameDocument(line, last)).toList();
        return whole.isEmpty() ? document(job, last) : whole;
    }

    private List<StagedLine> document(ImportJob job, StagedLine of) {
        return jdbi.withHandle(handle -> handle.createQuery(ONE_DOCUMENT)
                .bind("merchant", job.merchantId())
                .bind("import", job.importId())
                .bind("customer", of.customer())
                .bind("document", of.document())
                .map(Rows.as(StagedLine.class))
                .list());
    }

    private static boolean sameDocument(StagedLine one, StagedLine other) {
        return one.customer().equals(other.customer()) && one.document().equals(other.document());
    }

    void delete(ImportJob job) {
        jdbi.useHandle(handle -> handle.createUpdate(DELETE)
                .bind("merchant", job.merchantId())
                .bind("import", job.importId())
                .execute());
    }

    List<LineError> errors(int merchant, long importId, long afterLine, String afterField, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(ERRORS)
                .bind("merchant", merchant)
                .bind("import", importId)
                .bind("line", afterLine)
                .bind("field", afterField)
                .bind("limit", limit)
                .map((row, context) ->
                        new LineError(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
                .list());
    }
}
