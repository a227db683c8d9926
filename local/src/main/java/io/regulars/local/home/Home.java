package io.regulars.local.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/// The folder of a local run. Only its owner can read it.
public record Home(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    public Path data(String unit) {
        return folder.resolve("data").resolve(unit);
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    public Path log(String unit) {
        return logs().resolve(unit + ".log");
    }

    public Path processes() {
        return folder.resolve("processes");
    }

    public Path temporary() {
        return folder.resolve("tmp");
    }

    /// Clears what processes that were killed left.
    public void clearTemporary() {
        delete(temporary());
        create();
    }

    /// Where PostgreSQL's programs are unpacked to.
    public Path binaries() {
        return folder.resolve("postgres-binaries");
    }

    public void create() {
        try {
            for (var made : new Path[] {folder, folder.resolve("data"), logs(), processes(), shops(), temporary()}) {
                Files.createDirectories(made);
            }
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes data and everything that was made for it; logs and unpacked programs stay.
    public void wipe() {
        for (var doomed :
                new Path[] {folder.resolve("data"), shops(), temporary(), folder.resolve("run.json"), file("clock")}) {
            delete(doomed);
        }
        create();
    }

    Path shops() {
        return folder.resolve("shops");
    }

    Path file(String name) {
        return folder.resolve(name + ".json");
    }

    static <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(file.toFile(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /// Writes a file that only its owner can read, whole or not at all.
    static void write(Path file, Object value) {
        try {
            Files.createDirectories(file.getParent());
            var posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
            var attribute = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var half = posix
                    ? Files.createTempFile(file.getParent(), "half-", ".json", attribute)
                    : Files.createTempFile(file.getParent(), "half-", ".json");
            JSON.writeValue(half.toFile(), value);
            Files.move(half, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
