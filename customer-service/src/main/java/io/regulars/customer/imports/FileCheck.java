package io.regulars.customer.imports;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.regulars.kit.problem.Problems;

/// Looks through a file before it is taken: whether it is text, in the encoding it is said to be in, of lines
/// and of a size that can be read. What is refused is refused at once, with its line, and nothing is kept of
/// it.
final class FileCheck {

    static final String FIELD = "file";

    private static final int LONGEST_LINE = 1_000_000;

    private final Path file;
    private final long mostBytes;

    FileCheck(Path file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    void passOrThrow(Charset charset) throws IOException {
        refuseWorkbooks();
        OptionalLong bad = firstBadLine(charset);
        if (bad.isEmpty()) {
            return;
        }
        if (charset.equals(StandardCharsets.UTF_8)
                && firstBadLine(Encodings.GBK).isEmpty()) {
            throw Problems.invalid(
                    FIELD,
                    "is not UTF-8 (line %d); it looks like GBK: send it again with encoding=GBK"
                            .formatted(bad.getAsLong()));
        }
        throw Problems.invalid(
                FIELD,
                "is not %s (line %d); name its encoding, such as encoding=GBK, or save it as UTF-8"
                        .formatted(charset.name(), bad.getAsLong()));
    }

    private void refuseWorkbooks() throws IOException {
        byte[] head = new byte[4];
        int read;
        try (InputStream in = Files.newInputStream(file)) {
            read = in.readNBytes(head, 0, head.length);
        }
        if (read == 0) {
            throw Problems.invalid(FIELD, "is empty");
        }
        if (read >= 2 && head[0] == 'P' && head[1] == 'K') {
            throw Problems.invalid(FIELD, "is a workbook or a zip archive; save it as CSV");
        }
        if (read >= 2
                && ((head[0] & 0xff) == 0xfe && (head[1] & 0xff) == 0xff
                        || (head[0] & 0xff) == 0xff && (head[1] & 0xff) == 0xfe)) {
            throw Problems.invalid(FIELD, "is UTF-16; save it as UTF-8");
        }
    }

    /// The first line that the charset cannot read; empty where it can read all.
    private OptionalLong firstBadLine(Charset charset) throws IOException {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.allocate(64 * 1024);
        var chars = CharBuffer.allocate(128 * 1024);
        long total = 0;
        long line = 1;
        long inLine = 0;
        try (InputStream in = open(file)) {
            for (int read; (read = read(in, bytes)) >= 0; ) {
                total += read;
                if (total > mostBytes) {
                    throw Problems.tooLarge("the file holds more than %,d bytes".formatted(mostBytes));
                }
                bytes.flip();
                chars.clear();
                boolean bad = decoder.decode(bytes, chars, false).isError();
                for (int i = 0; i < chars.position(); i++) {
                    char c = chars.get(i);
                    inLine = c == '\n' ? 0 : inLine + 1;
                    line += c == '\n' ? 1 : 0;
                    if (c == '\0') {
                        throw Problems.invalid(FIELD, "is no text: it holds a NUL character in line " + line);
                    }
                    if (inLine > LONGEST_LINE) {
                        throw Problems.invalid(
                                FIELD, "has a line longer than %,d characters: line %d".formatted(LONGEST_LINE, line));
                    }
                }
                if (bad) {
                    return OptionalLong.of(line);
                }
                bytes.compact();
            }
            bytes.flip();
            return decoder.decode(bytes, CharBuffer.allocate(64), true).isError()
                    ? OptionalLong.of(line)
                    : OptionalLong.empty();
        }
    }

    private static int read(InputStream in, ByteBuffer into) throws IOException {
        int read = in.read(into.array(), into.position(), into.remaining());
        if (read > 0) {
            into.position(into.position() + read);
        }
        return read;
    }

    /// The file's text bytes, unpacked where they are packed.
    static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        try {
            return packed ? new GZIPInputStream(in, 64 * 1024) : in;
        } catch (ZipException | EOFException e) {
            in.close();
            throw broken(e);
        }
    }

    static HttpProblem broken(IOException e) {
        return Problems.invalid(FIELD, "is a broken gzip file: " + e.getMessage());
    }
}
