package io.regulars.local.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.regulars.local.unit.Processes;

/// `down`: stops what `up` started, and only that; `reset`: and deletes the data.
final class Down {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Down() {}

    static void run(Context context, List<String> words) {
        Arguments.parse(words, Set.of(), Set.of(), 0);
        var launcher = context.launcher();
        if (launcher.isPresent()) {
            context.terminal().say("stopping …");
            Processes.end(List.of(launcher.get()), PATIENCE);
        }
        var strays = stopStrays(context);
        context.terminal().say(launcher.isPresent() || strays ? "stopped" : "nothing runs here");
    }

    static void reset(Context context, List<String> words) {
        run(context, words);
        context.home().wipe();
        context.terminal().say("all data of the local run is deleted");
    }

    /// Ends what a launcher left behind that was itself killed.
    static boolean stopStrays(Context context) {
        var strays = context.processes().all();
        if (strays.isEmpty()) {
            return false;
        }
        context.terminal().say("ending what an earlier run left: " + String.join(", ", strays.keySet()));
        // Services before what they stand on.
        var base = List.of("kafka", "postgres");
        var services = new ArrayList<ProcessHandle>();
        strays.forEach((name, process) -> {
            if (!base.contains(name)) {
                services.add(process);
            }
        });
        Processes.end(services, Duration.ofSeconds(15));
        base.forEach(name -> {
            var process = strays.get(name);
            if (process != null) {
                Processes.end(List.of(process), Duration.ofSeconds(15));
            }
        });
        strays.keySet().forEach(context.processes()::forget);
        return true;
    }
}
