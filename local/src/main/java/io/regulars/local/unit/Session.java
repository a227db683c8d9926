package io.regulars.local.unit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Starts processes in a session of their own, so that Ctrl-C at the terminal reaches the launcher only, which then
/// stops the others in good order.
public final class Session {

    private Session() {}

    public static List<String> own(List<String> command) {
        var own = new ArrayList<String>();
        if (onPath("setsid").isPresent()) {
            own.add("setsid");
        } else if (onPath("perl").isPresent()) {
            own.addAll(List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die", "--"));
        }
        own.addAll(command);
        return own;
    }

    static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
