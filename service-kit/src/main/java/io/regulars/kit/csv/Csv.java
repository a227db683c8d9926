package io.regulars.kit.csv;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

import de.siegmar.fastcsv.writer.CsvWriter;

/// A table as CSV, RFC 4180. What a spreadsheet would take for a formula comes with an apostrophe before it, so
/// that a customer's name is never run.
public final class Csv {

    public static final String TYPE = "text/csv;charset=UTF-8";

    /// In full width too, which spreadsheets of East Asia read alike.
    private static final String FORMULA_BEGINS = "=+-@\t\r\n＝＋－＠";

    private Csv() {}

    /// @param rows of as many cells as the header, each written as its text; null is empty
    public static String of(List<String> header, List<? extends List<?>> rows) {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(header);
            rows.forEach(row -> csv.writeRecord(row.stream().map(Csv::cell).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String cell(Object value) {
        return switch (value) {
            case null -> "";
            case Number number -> number.toString();
            default -> inert(value.toString());
        };
    }

    private static String inert(String text) {
        return !text.isEmpty() && FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
