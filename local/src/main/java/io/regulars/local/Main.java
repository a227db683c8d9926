package io.regulars.local;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import io.regulars.local.api.ApiException;
import io.regulars.local.command.Commands;
import io.regulars.local.command.UsageException;

/// What `./regulars` runs.
public final class Main {

    private Main() {}

    public static void main(String[] words) throws Exception {
        var root = Path.of(System.getProperty("regulars.root", ""));
        var home = Path.of(
                System.getProperty("regulars.home", root.resolve(".regulars").toString()));
        try {
            Commands.run(root, home, Clock.systemUTC(), List.of(words));
            System.exit(0);
        } catch (UsageException e) {
            fail(2, e.getMessage());
        } catch (IllegalStateException | IllegalArgumentException | ApiException | java.io.UncheckedIOException e) {
            fail(1, e.getMessage());
        }
    }

    private static void fail(int code, String message) {
        System.err.println("regulars: " + message);
        System.exit(code);
    }
}
