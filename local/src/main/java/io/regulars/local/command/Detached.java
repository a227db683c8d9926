package io.regulars.local.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.regulars.local.home.PortPlan;
import io.regulars.local.home.Run;
import io.regulars.local.unit.Session;

/// Runs the system in the background and shows its progress until it is ready.
final class Detached {

    static final String COMMAND = "run-in-background";

    private static final long LOOK_EVERY_MILLIS = 200;

    private Detached() {}

    /// In the foreground: starts the background process and waits for it.
    static void run(Context context, PortPlan ports, boolean demo) throws IOException, InterruptedException {
        var log = context.home().log(Context.LAUNCHER);
        new Run(ports.gateway(), false, null).save(context.home());
        var from = Files.exists(log) ? Files.size(log) : 0;
        var process = new ProcessBuilder(Session.own(command(ports, demo)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try (var lines = new RandomAccessFile(log.toFile(), "r")) {
            lines.seek(from);
            while (process.isAlive() && !ready(context)) {
                show(context.terminal(), lines);
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
            show(context.terminal(), lines);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("Regulars did not start; see " + log);
        }
        Summary.addresses(context.terminal(), ports);
        Summary.credentials(context.terminal(), ports.publicUrl(), context.shop(null));
        context.terminal().say("\nIt runs in the background; ./regulars down stops it.");
    }

    /// In the background.
    static void inBackground(Context context, List<String> words) throws InterruptedException {
        new Running(context, new PortPlan(Integer.parseInt(words.get(0))), Boolean.parseBoolean(words.get(1)))
                .run(false);
    }

    private static boolean ready(Context context) {
        return Run.of(context.home()).map(Run::ready).orElse(false);
    }

    private static List<String> command(PortPlan ports, boolean demo) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.regulars.local.Main",
                COMMAND,
                Integer.toString(ports.gateway()),
                Boolean.toString(demo)));
        return command;
    }

    private static void show(Terminal terminal, RandomAccessFile lines) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            // The file is read byte by byte.
            terminal.say(new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
    }
}
