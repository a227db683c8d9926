package io.regulars.faults.rig;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// Everything that was done and answered, in memory for the oracle and in a file, one JSON object a line, for people.
public final class OperationLog implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Path file;
    private final BufferedWriter writer;
    private final AtomicLong numbers = new AtomicLong();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Instant> rests = new ArrayList<>();

    public OperationLog(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.getParent());
            writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file() {
        return file;
    }

    public long next() {
        return numbers.incrementAndGet();
    }

    public synchronized void add(Operation operation) {
        operations.add(operation);
        write(operation);
    }

    /// Notes what the harness did, for people.
    public synchronized void note(Instant at, String what) {
        write(Map.of("at", at, "note", what));
    }

    /// Notes that all was at rest: what was said before is known everywhere.
    public synchronized void rested(Instant at) {
        rests.add(at);
        note(at, "at rest");
    }

    /// Only the file keeps what was so far.
    synchronized void forget() {
        operations.clear();
        rests.clear();
    }

    public synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    public synchronized List<Instant> rests() {
        return List.copyOf(rests);
    }

    private void write(Object line) {
        try {
            writer.write(JSON.writeValueAsString(line));
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
