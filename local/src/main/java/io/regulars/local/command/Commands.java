package io.regulars.local.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import io.regulars.local.home.Home;

/// Finds the command by its name.
public final class Commands {

    private Commands() {}

    /// @param root the project's folder
    /// @param words the command and its arguments
    public static void run(Path root, Path home, Clock clock, List<String> words) throws Exception {
        var context = new Context(root, new Home(home), clock, new Terminal(System.out, clock));
        if (words.isEmpty()) {
            throw new UsageException("no command; ./regulars help lists them");
        }
        var rest = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "up" -> Up.run(context, rest);
            case Detached.COMMAND -> Detached.inBackground(context, rest);
            case "down" -> Down.run(context, rest);
            case "reset" -> Down.reset(context, rest);
            case "status" -> Status.run(context, rest);
            case "logs" -> Logs.run(context, rest);
            case "stop", "start", "restart" -> UnitCommand.run(context, words.getFirst(), rest);
            case "shop" -> NewShop.run(context, rest);
            case "import" -> ImportFile.run(context, rest);
            case "clock" -> ClockCommand.run(context, rest);
            default -> throw new UsageException("unknown command " + words.getFirst());
        }
    }
}
