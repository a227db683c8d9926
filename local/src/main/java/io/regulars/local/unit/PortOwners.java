package io.regulars.local.unit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which process listens on a port, read from `/proc` where there is one.
public final class PortOwners {

    private static final String LISTENING = "0A";

    private PortOwners() {}

    public static boolean taken(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("localhost"), port));
            return false;
        } catch (BindException e) {
            return true;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The owner in words: `process 4711 (/usr/bin/python3 -m http.server)`.
    public static String describe(int port) {
        return owner(port)
                .map(process -> "process " + process.pid() + " (" + commandLine(process) + ")")
                .orElse("another process");
    }

    static Optional<ProcessHandle> owner(int port) {
        var sockets = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> listening(Path.of(table), port))
                .collect(Collectors.toSet());
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> holds(process, sockets))
                        .findFirst();
    }

    private static Stream<String> listening(Path table, int port) {
        if (!Files.isReadable(table)) {
            return Stream.empty();
        }
        try {
            var suffix = ":%04X".formatted(port);
            return Files.readAllLines(table).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns[1].endsWith(suffix) && columns[3].equals(LISTENING))
                    .map(columns -> "socket:[" + columns[9] + "]");
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static boolean holds(ProcessHandle process, Set<String> sockets) {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            for (var descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
    }

    private static String commandLine(ProcessHandle process) {
        var line = process.info().commandLine().orElse("its command is not ours to see");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }
}
