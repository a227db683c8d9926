package io.regulars.local.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a folder for one run of faults or benchmarks: a second one would end the first one's system, which would
/// start it again.
public final class Alone implements AutoCloseable {

    private final FileChannel lock;

    private Alone(FileChannel lock) {
        this.lock = lock;
    }

    /// Until it is closed, or the process ends.
    ///
    /// @throws IllegalArgumentException where another run has it
    public static Alone in(Path folder) throws IOException {
        Files.createDirectories(folder);
        var lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!took(lock)) {
            lock.close();
            throw new IllegalArgumentException(
                    "another run works in " + folder + ": wait for its end, or choose another folder for this one");
        }
        return new Alone(lock);
    }

    private static boolean took(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // this very process has it
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
