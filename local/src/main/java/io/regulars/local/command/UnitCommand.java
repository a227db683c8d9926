package io.regulars.local.command;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/// `stop`, `start`, `restart` of one process.
final class UnitCommand {

    private UnitCommand() {}

    static void run(Context context, String verb, List<String> words) throws IOException, InterruptedException {
        var arguments = Arguments.parse(words, Set.of(), Set.of(), 1);
        if (arguments.words().isEmpty()) {
            throw new UsageException("which one? postgres, kafka, customer, scoring or campaign");
        }
        var name = arguments.words().getFirst().replaceFirst("-service$", "");
        context.control().command(name, verb);
        context.terminal().say(name + (verb.equals("stop") ? " is stopped" : " is started"));
    }
}
