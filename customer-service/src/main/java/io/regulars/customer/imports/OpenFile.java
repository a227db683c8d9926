package io.regulars.customer.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;

/// A stored file being read. Reading goes on after the last line that a transaction remembered; what was read
/// before it is skipped.
final class OpenFile implements AutoCloseable {

    private static final int LONGEST_FIELD = 1 << 20;

    private final CloseableIterator<CsvRecord> records;
    private long line;

    /// @param afterLine the last line that was read; 0 for none. Line 1 is the header, which is skipped
    OpenFile(InputStream bytes, Layout layout, long afterLine) {
        this.records = CsvReader.builder()
                .fieldSeparator(layout.delimiter())
                .allowMissingFields(true)
                .allowExtraFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .skipEmptyLines(true)
                .detectBomHeader(false)
                .maxBufferSize(LONGEST_FIELD * 16)
                .ofCsvRecord(new InputStreamReader(bytes, layout.charset()))
                .iterator();
        this.line = Math.max(1, afterLine);
    }

    /// The next records, fewer than `most` at the end of the file.
    ///
    /// @throws UnreadableFile where the text is no CSV from here on
    List<CsvRecord> next(int most) {
        var next = new ArrayList<CsvRecord>();
        try {
            while (next.size() < most && records.hasNext()) {
                CsvRecord one = records.next();
                if (one.getStartingLineNumber() > line) {
                    next.add(one);
                }
            }
        } catch (CsvParseException e) {
            throw new UnreadableFile(
                    "the file is no CSV after line "
                            + (next.isEmpty() ? line : next.getLast().getStartingLineNumber())
                            + "; is a quote left open?",
                    e);
        }
        if (!next.isEmpty()) {
            line = next.getLast().getStartingLineNumber();
        }
        return next;
    }

    /// The last line that `next` gave.
    long line() {
        return line;
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// No attempt will read more of it.
    static final class UnreadableFile extends RuntimeException {
        UnreadableFile(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
