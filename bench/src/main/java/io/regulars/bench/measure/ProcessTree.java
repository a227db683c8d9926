package io.regulars.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A process and all that it has started, as `/proc` tells of them.
///
/// What a child has used goes to its parent's account when it ends, so the sum over the tree never falls.
public record ProcessTree(long root) {

    /// Linux counts processor time for programs in hundredths of a second on every machine.
    private static final double TICKS = 100;

    public boolean known() {
        return Files.exists(proc(root).resolve("stat"));
    }

    /// Processor time so far, of children that have ended as well; NaN where the machine does not tell.
    public double cpuSeconds() {
        return known()
                ? processes().mapToDouble(process -> ticks(process, 13, 4)).sum() / TICKS
                : Double.NaN;
    }

    /// Processor time so far, of the root alone.
    double ownSeconds() {
        return known() ? ticks(root, 13, 2) / TICKS : Double.NaN;
    }

    /// Processor time so far of children that have ended and were waited for.
    public double endedChildrenSeconds() {
        return known() ? ticks(root, 15, 2) / TICKS : Double.NaN;
    }

    /// The greatest resident memory of any one process since it started or since `forgetPeaks`.
    public long peakBytes() {
        return processes().mapToLong(process -> status(process, "VmHWM:")).max().orElse(0);
    }

    /// Resident memory now, of the root alone.
    public long residentBytes() {
        return status(root, "VmRSS:");
    }

    public void forgetPeaks() {
        processes().forEach(process -> {
            try {
                Files.writeString(proc(process).resolve("clear_refs"), "5");
            } catch (IOException e) {
                // It has ended, or the machine does not let us: then the peak is that since its start.
                return;
            }
        });
    }

    /// Children before their parents: one that ends meanwhile is found on its parent's account, not lost. With those
    /// that have ended and whose parent has not asked how, which `ProcessHandle` leaves out.
    private Stream<Long> processes() {
        var children = new HashMap<Long, List<Long>>();
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var folder : all) {
                var process = Long.parseLong(folder.getFileName().toString());
                children.computeIfAbsent((long) ticks(process, 3, 1), parent -> new ArrayList<>())
                        .add(process);
            }
        } catch (IOException e) {
            return Stream.of(root);
        }
        return below(root, children);
    }

    private static Stream<Long> below(long process, Map<Long, List<Long>> children) {
        return Stream.concat(
                children.getOrDefault(process, List.of()).stream().flatMap(child -> below(child, children)),
                Stream.of(process));
    }

    /// The sum of some numbers in `stat`, which count from the state after the name in brackets.
    private static double ticks(long process, int from, int count) {
        try {
            var line = Files.readString(proc(process).resolve("stat"));
            var fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
            return fields.subList(from - 2, from - 2 + count).stream()
                    .mapToDouble(Double::parseDouble)
                    .sum();
        } catch (IOException e) {
            // It has ended in this moment; its parent has what it used.
            return 0;
        }
    }

    private static long status(long process, String field) {
        try (var lines = Files.lines(proc(process).resolve("status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }

    private static Path proc(long process) {
        return Path.of("/proc", Long.toString(process));
    }
}
