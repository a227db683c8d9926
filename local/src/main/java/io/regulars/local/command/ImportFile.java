package io.regulars.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.local.api.ApiClient;

/// `import FILE`: uploads a CSV file through the public API and shows how the job goes and what it refused.
final class ImportFile {

    private static final Set<String> OVER = Set.of("done", "failed", "cancelled");
    private static final long LOOK_EVERY_MILLIS = 700;

    private final Terminal terminal;
    private final ApiClient api;

    private ImportFile(Terminal terminal, ApiClient api) {
        this.terminal = terminal;
        this.api = api;
    }

    static void run(Context context, List<String> words) throws IOException, InterruptedException {
        var arguments = Arguments.parse(
                words, Set.of("--backfill"), Set.of("--preset", "--encoding", "--mapping", "--shop"), 1);
        if (arguments.words().isEmpty() || !arguments.values().containsKey("--preset")) {
            throw new UsageException("./regulars import FILE --preset NAME (online-retail, orders)");
        }
        var file = Path.of(arguments.words().getFirst());
        if (!Files.isReadable(file)) {
            throw new UsageException("no such file, or not readable: " + file);
        }
        var shop = context.shop(arguments.values().get("--shop"));
        var fields = new HashMap<String, String>();
        fields.put("preset", arguments.values().get("--preset"));
        fields.put("backfill", Boolean.toString(arguments.has("--backfill")));
        copy(arguments.values(), "--encoding", fields, "encoding");
        copy(arguments.values(), "--mapping", fields, "mapping");
        new ImportFile(context.terminal(), context.client(shop)).run(file, fields);
    }

    private void run(Path file, Map<String, String> fields) throws IOException, InterruptedException {
        var unpacked = unpacked(file);
        try {
            terminal.say("uploading %s (%,d bytes)".formatted(file.getFileName(), Files.size(unpacked)));
            var job = api.upload("/api/customer/v1/imports", unpacked, fields);
            var path = "/api/customer/v1/imports/" + job.path("id").asText();
            while (!OVER.contains(job.path("state").asText())) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
                job = api.get(path);
                terminal.bar(
                        "importing",
                        job.path("done").asLong(),
                        job.hasNonNull("total") ? job.path("total").asLong() : null,
                        job.hasNonNull("rate") ? job.path("rate").asDouble() : null);
            }
            summarize(job, path);
        } finally {
            if (!unpacked.equals(file)) {
                Files.delete(unpacked);
            }
        }
    }

    private void summarize(JsonNode job, String path) {
        terminal.say(
                "\n%s: %s".formatted(job.path("id").asText(), job.path("state").asText()));
        job.properties().forEach(field -> {
            if (field.getValue().isNumber() && !Set.of("rate", "total").contains(field.getKey())) {
                terminal.say(
                        "  %-14s %,d".formatted(field.getKey(), field.getValue().asLong()));
            }
        });
        var reasons = new TreeMap<String, Integer>();
        api.text(path + "/errors", "text/csv")
                .lines()
                .skip(1)
                .forEach(line -> reasons.merge(reason(line), 1, Integer::sum));
        if (!reasons.isEmpty()) {
            terminal.say("refused lines, by reason (all of them: GET " + path + "/errors)");
            reasons.forEach((reason, lines) -> terminal.say("  %,8d  %s".formatted(lines, reason)));
        }
        if (job.path("state").asText().equals("failed")) {
            throw new IllegalStateException(job.path("problem").path("detail").asText("the import failed"));
        }
    }

    /// The second column of `line,reason,field,value`.
    private static String reason(String line) {
        var columns = line.split(",", 3);
        return columns.length < 2 ? line : columns[1].replace("\"", "");
    }

    /// The API takes plain CSV; a packed file is unpacked beside the others that end with this process.
    private static Path unpacked(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return file;
        }
        var target = Files.createTempFile("regulars-import-", ".csv");
        try (var packed = new GZIPInputStream(Files.newInputStream(file))) {
            Files.copy(packed, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }

    private static void copy(Map<String, String> from, String option, Map<String, String> to, String field) {
        if (from.containsKey(option)) {
            to.put(field, from.get(option));
        }
    }
}
