package io.regulars.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A program of a peer.
///
/// @param environment what it needs to run from where it lies
/// @param version as it tells itself
public record Tool(Path program, Map<String, String> environment, String version) {

    public Tool {
        environment = Map.copyOf(environment);
    }

    /// Not started yet; its errors go where its output goes.
    public ProcessBuilder command(List<String> arguments) {
        var words = new ArrayList<String>();
        words.add(program.toString());
        words.addAll(arguments);
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder;
    }
}
