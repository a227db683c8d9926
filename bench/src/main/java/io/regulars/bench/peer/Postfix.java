package io.regulars.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Postfix's test programs: a sink that takes all mail and keeps none, and a source. No mail server runs.
public final class Postfix {

    private static final DebianTool PACKAGE =
            new DebianTool("smtp-sink", "usr/sbin", List.of("postfix", "libdb5.3", "libicu[0-9]+"), List.of());

    private final Tool sink;
    private final Tool source;

    private Postfix(Tool sink) {
        this.sink = sink;
        this.source = new Tool(sink.program().resolveSibling("smtp-source"), sink.environment(), sink.version());
    }

    public static Postfix find(Consumer<String> progress) throws PeerMissing, InterruptedException {
        return new Postfix(PACKAGE.find(progress));
    }

    public String version() {
        return sink.version();
    }

    /// @param folder where the sink's counters are kept
    /// @param keeping whether it keeps the mails there too, which takes time
    public SmtpSink sink(Path folder, int port, boolean keeping) throws IOException {
        return SmtpSink.start(sink, folder, port, keeping);
    }

    /// Sends so many messages, each of this size, over connections that are kept.
    public void send(SmtpSink to, int connections, long messages, int bytes) throws InterruptedException {
        var outcome = Shell.run(source.command(List.of(
                "-d",
                "-s",
                Integer.toString(connections),
                "-m",
                Long.toString(messages),
                "-l",
                Integer.toString(bytes),
                "-f",
                "shop@regulars.example",
                "-t",
                "c1@example.com",
                "127.0.0.1:" + to.port())));
        if (!outcome.well()) {
            throw new IllegalStateException("smtp-source failed: " + outcome.output());
        }
    }
}
