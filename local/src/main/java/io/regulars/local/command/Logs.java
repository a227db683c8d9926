package io.regulars.local.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// `logs`: the end of what the processes wrote, and with `-f` what they write.
final class Logs {

    private static final int END_OF_ONE = 16_000;
    private static final int END_OF_EACH = 2_000;
    private static final long LOOK_EVERY_MILLIS = 300;

    private final Terminal terminal;
    private String shown;

    private Logs(Terminal terminal) {
        this.terminal = terminal;
    }

    static void run(Context context, List<String> words) throws IOException, InterruptedException {
        var arguments = Arguments.parse(words, Set.of("-f", "--follow"), Set.of(), 1);
        var files = files(context, arguments.words());
        new Logs(context.terminal()).show(files, arguments.has("-f") || arguments.has("--follow"));
    }

    private static Map<String, Path> files(Context context, List<String> names) throws IOException {
        var files = new LinkedHashMap<String, Path>();
        if (Files.isDirectory(context.home().logs())) {
            try (var logs = Files.list(context.home().logs())) {
                logs.filter(file -> file.toString().endsWith(".log"))
                        .sorted()
                        .forEach(file -> files.put(file.getFileName().toString().replaceFirst("\\.log$", ""), file));
            }
        }
        if (names.isEmpty()) {
            return files;
        }
        var name = names.getFirst().replaceFirst("-service$", "");
        if (!files.containsKey(name)) {
            throw new UsageException("no log of " + name + "; there are " + String.join(", ", files.keySet()));
        }
        return Map.of(name, files.get(name));
    }

    private void show(Map<String, Path> files, boolean follow) throws IOException, InterruptedException {
        var ends = new LinkedHashMap<String, Long>();
        for (var file : files.entrySet()) {
            var end = files.size() == 1 ? END_OF_ONE : END_OF_EACH;
            ends.put(file.getKey(), Math.max(0, Files.size(file.getValue()) - end));
        }
        do {
            for (var file : files.entrySet()) {
                ends.compute(file.getKey(), (name, from) -> print(name, file.getValue(), from, files.size() > 1));
            }
            TimeUnit.MILLISECONDS.sleep(follow ? LOOK_EVERY_MILLIS : 0);
        } while (follow);
    }

    private long print(String name, Path path, long from, boolean named) {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            // Shorter than before: a new file has taken its place.
            var start = file.length() < from ? 0 : from;
            if (file.length() == start) {
                return start;
            }
            file.seek(start);
            var bytes = new byte[(int) Math.min(file.length() - start, 1_000_000)];
            file.readFully(bytes);
            if (named && !name.equals(shown)) {
                terminal.say("\n==> " + name + " <==");
                shown = name;
            }
            terminal.say(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
            return start + bytes.length;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
