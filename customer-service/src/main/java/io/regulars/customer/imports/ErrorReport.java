package io.regulars.customer.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.ws.rs.core.StreamingOutput;

import de.siegmar.fastcsv.writer.CsvWriter;

/// The error report of an import as CSV, written while it is read: a file can have a bad line for each line.
final class ErrorReport implements StreamingOutput {

    private static final int PAGE = 5_000;

    private final Imports imports;
    private final int merchant;
    private final long importId;

    ErrorReport(Imports imports, int merchant, long importId) {
        this.imports = imports;
        this.merchant = merchant;
        this.importId = importId;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try (var csv = CsvWriter.builder().build(out, StandardCharsets.UTF_8)) {
            csv.writeRecord("line", "reason", "field", "value");
            long line = 0;
            String field = "";
            List<LineError> page;
            do {
                page = imports.errors(merchant, importId, line, field, PAGE);
                for (LineError error : page) {
                    csv.writeRecord(Long.toString(error.line()), error.reason(), error.field(), error.value());
                    line = error.line();
                    field = error.field();
                }
            } while (page.size() == PAGE);
        }
    }
}
