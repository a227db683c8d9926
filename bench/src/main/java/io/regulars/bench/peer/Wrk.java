package io.regulars.bench.peer;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// wrk, which posts one body again and again over kept connections.
public final class Wrk {

    private static final DebianTool PACKAGE =
            new DebianTool("wrk", "usr/bin", List.of("wrk", "libluajit-5.1-2", "libluajit-5.1-common"), List.of("-v"));
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

    /// @param requests that were answered
    public record Outcome(long requests, double perSecond) {}

    private final Tool tool;

    private Wrk(Tool tool) {
        this.tool = tool;
    }

    public static Wrk find(Consumer<String> progress) throws PeerMissing, InterruptedException {
        return new Wrk(PACKAGE.find(progress));
    }

    public String version() {
        return tool.version().replaceFirst(" Copyright.*", "");
    }

    /// @param folder where its script is kept
    /// @param threads its own
    public Outcome post(Path folder, URI target, String body, int connections, int threads, Duration time)
            throws IOException, InterruptedException {
        var script = Files.writeString(
                Files.createDirectories(folder).resolve("post.lua"), """
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/json"
                wrk.body = [==[%s]==]
                """.formatted(body), StandardCharsets.UTF_8);
        var outcome = Shell.run(tool.command(List.of(
                "-t",
                Integer.toString(threads),
                "-c",
                Integer.toString(connections),
                "-d",
                time.toSeconds() + "s",
                "-s",
                script.toString(),
                target.toString())));
        if (!outcome.well()
                || outcome.output().contains("Socket errors")
                || outcome.output().contains("Non-2xx")) {
            throw new IllegalStateException("wrk failed: " + outcome.output());
        }
        return new Outcome((long) number(REQUESTS, outcome.output()), number(RATE, outcome.output()));
    }

    private static double number(Pattern pattern, String output) {
        var found = pattern.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException("wrk said something else: " + output);
        }
        return Double.parseDouble(found.group(1));
    }
}
