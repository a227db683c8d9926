package io.regulars.bench.peer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A running `smtp-sink`. It counts into a file, so that nobody has to wake for each message.
public final class SmtpSink implements AutoCloseable {

    private static final Pattern MESSAGES = Pattern.compile("mesg=(\\d+)");
    private static final int TAIL = 200;
    private static final int BACKLOG = 1_000;
    private static final int PATIENCE = 500;

    private final Process process;
    private final Path counters;
    /// Null where it keeps nothing.
    private final Path kept;
    private final int port;

    private SmtpSink(Process process, Path counters, Path kept, int port) {
        this.process = process;
        this.counters = counters;
        this.kept = kept;
        this.port = port;
    }

    static SmtpSink start(Tool tool, Path folder, int port, boolean keeping) throws IOException {
        Files.createDirectories(folder);
        var counters = folder.resolve("counters");
        // The sink gives its rights away before it writes, and others may not look into our folders.
        var kept = keeping ? everyonesFolder() : null;
        var options = new ArrayList<>(List.of("-c"));
        if (keeping) {
            options.addAll(List.of("-D", kept + "/mails."));
        }
        if (System.getProperty("user.name").equals("root")) {
            options.addAll(List.of("-u", "nobody"));
        }
        options.addAll(List.of("127.0.0.1:" + port, Integer.toString(BACKLOG)));
        var process = tool.command(options).redirectOutput(counters.toFile()).start();
        var sink = new SmtpSink(process, counters, kept, port);
        try {
            sink.awaitListening();
        } catch (IOException | RuntimeException e) {
            sink.close();
            throw e;
        }
        return sink;
    }

    private static Path everyonesFolder() throws IOException {
        var folder = Files.createTempDirectory("regulars-sink");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        return folder;
    }

    private void awaitListening() throws IOException {
        for (var i = 0; i < PATIENCE && process.isAlive(); i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getInputStream().read();
                return;
            } catch (java.net.ConnectException e) {
                pause();
            }
        }
        throw new IllegalStateException("smtp-sink does not listen: " + Files.readString(counters));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /// How many messages it has taken.
    public long messages() {
        try (var file = new RandomAccessFile(counters.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL));
            var tail = new byte[TAIL];
            var length = Math.max(0, file.read(tail));
            return MESSAGES.matcher(new String(tail, 0, length, StandardCharsets.US_ASCII))
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .reduce(0, (_, last) -> last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The lines of all mails that it kept.
    public Stream<String> kept() throws IOException {
        return Files.list(kept).flatMap(file -> {
            try {
                return Files.lines(file, StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        if (kept != null) {
            forgetKept();
        }
    }

    private void forgetKept() {
        try (var files = Files.list(kept)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
