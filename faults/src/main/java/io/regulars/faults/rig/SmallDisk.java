package io.regulars.faults.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.regulars.local.supervise.Supervisor;

/// A server's data folder on a file system in memory, which can be full. Needs the right to mount, which root has.
public final class SmallDisk implements AutoCloseable {

    private static final String ROOM = "4g";
    private static final int BLOCK = 64 * 1024;
    private static final Duration COMMAND = Duration.ofSeconds(60);

    private final Supervisor supervisor;
    private final String unit;
    private final Path data;

    SmallDisk(Supervisor supervisor, String unit, Path data) {
        this.supervisor = supervisor;
        this.unit = unit;
        this.data = data;
    }

    /// Whether it can be tried at all on this machine.
    public boolean possible() {
        var tried = data.resolveSibling("tried-" + unit);
        try {
            Files.createDirectories(tried);
            if (run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tried.toString()) != 0) {
                return false;
            }
            return run("umount", tried.toString()) == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(tried);
        }
    }

    /// The server is away for as long as its files are copied.
    public void moveOnto() {
        supervisor.stop(unit);
        done("mv", data.toString(), aside(data).toString());
        done("mkdir", data.toString());
        done("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "tmpfs", data.toString());
        done("cp", "-a", aside(data) + "/.", data.toString());
        supervisor.start(unit);
    }

    /// No more than this is left.
    public void fill(int bytes) {
        try {
            var store = Files.getFileStore(data);
            var used = store.getTotalSpace() - store.getUnallocatedSpace();
            var size = (used + bytes + BLOCK - 1) / BLOCK * BLOCK;
            done("mount", "-o", "remount,size=" + size, data.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// There is room again; the server is started where it gave up.
    public void free() {
        done("mount", "-o", "remount,size=" + ROOM, data.toString());
        supervisor.start(unit);
    }

    /// The files go back to where they came from.
    @Override
    public void close() {
        supervisor.stop(unit);
        done("rm", "-rf", aside(data).toString());
        done("mkdir", aside(data).toString());
        done("cp", "-a", data + "/.", aside(data).toString());
        done("umount", data.toString());
        done("rmdir", data.toString());
        done("mv", aside(data).toString(), data.toString());
        supervisor.start(unit);
    }

    /// What an interrupted run left mounted.
    static void putAway(Path... folders) {
        for (var folder : folders) {
            try {
                while (Files.isDirectory(folder)
                        && Files.getFileStore(folder).type().equals("tmpfs")
                        && !Files.getFileStore(folder).equals(Files.getFileStore(folder.getParent()))) {
                    done("umount", folder.toString());
                }
                if (Files.isDirectory(aside(folder))) {
                    done("rm", "-rf", aside(folder).toString());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Path aside(Path data) {
        return data.resolveSibling(data.getFileName() + "-aside");
    }

    private static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void done(String... command) {
        if (run(command) != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    private static int run(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
