package io.regulars.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// nodemailer's pool of SMTP connections, fetched from npm.
public final class Nodemailer {

    private static final String VERSION = "10.6.1";

    private final Path script;

    private Nodemailer(Path script) {
        this.script = script;
    }

    public static Nodemailer find(Consumer<String> progress) throws PeerMissing, InterruptedException {
        try {
            var folder = Cache.folder("npm/nodemailer-" + VERSION);
            if (!Files.exists(folder.resolve("node_modules/nodemailer/package.json"))) {
                progress.accept("fetching nodemailer from npm");
                var install = Shell.run(new ProcessBuilder(
                                "npm", "install", "--no-save", "--no-audit", "--no-fund", "nodemailer@" + VERSION)
                        .directory(folder.toFile()));
                if (!install.well()) {
                    throw new PeerMissing("nodemailer: " + install.lastLine());
                }
            }
            try (var script = Nodemailer.class.getResourceAsStream("nodemailer.mjs")) {
                return new Nodemailer(Files.write(folder.resolve("send.mjs"), script.readAllBytes()));
            }
        } catch (IOException e) {
            throw new PeerMissing("nodemailer: " + e.getMessage());
        }
    }

    public String version() {
        return VERSION;
    }

    /// Sends so many messages, one to each customer, and answers with how many were sent in a second, without the start
    /// of node.
    ///
    /// @param letter `subject`, `text` and `html`, where `{name}` stands for the customer's
    public double send(SmtpSink to, int connections, long messages, Map<String, String> letter)
            throws IOException, InterruptedException {
        var json = new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(letter);
        var written = Files.writeString(script.resolveSibling("letter.json"), json, StandardCharsets.UTF_8);
        var outcome = Shell.run(new ProcessBuilder(List.of(
                "node",
                script.toString(),
                Integer.toString(to.port()),
                Integer.toString(connections),
                Long.toString(messages),
                written.toString())));
        if (!outcome.well()) {
            throw new IllegalStateException("nodemailer failed: " + outcome.output());
        }
        return Double.parseDouble(outcome.lastLine());
    }
}
