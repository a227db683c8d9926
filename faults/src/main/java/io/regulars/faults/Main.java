package io.regulars.faults;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.regulars.faults.fault.Fault;
import io.regulars.faults.fault.Faults;
import io.regulars.local.build.Build;
import io.regulars.local.home.PortPlan;

/// What `./regulars faults` runs.
public final class Main {

    private static final int VIOLATED = 3;

    private Main() {}

    public static void main(String[] words) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler(Main::uncaught);
        try {
            System.exit(run(Arguments.parse(List.of(words)), Clock.systemUTC()));
        } catch (IllegalArgumentException e) {
            System.err.println("regulars: " + e.getMessage());
            System.exit(2);
        }
    }

    private static int run(Arguments arguments, Clock clock) throws InterruptedException {
        if (arguments.names().isEmpty()) {
            Faults.ALL.forEach(fault -> System.out.printf("%-24s %s%n", fault.name(), fault.says()));
            System.out.printf("%-24s %s%n", "all", "all of them, one after the other");
            return 0;
        }
        var faults = arguments.names().contains("all")
                ? Faults.ALL
                : arguments.names().stream().map(Faults::named).toList();
        var seed = arguments.seed() == null ? ThreadLocalRandom.current().nextLong(1, 1_000_000) : arguments.seed();
        return run(arguments, clock, faults, seed, arguments.json() ? line -> {} : told(clock));
    }

    private static int run(Arguments arguments, Clock clock, List<Fault> faults, long seed, Consumer<String> says)
            throws InterruptedException {
        says.accept("seed " + seed);
        var folder = Path.of(System.getProperty("regulars.faults", ".regulars/faults"));
        var root = Path.of(System.getProperty("regulars.root", ""));
        new Build(root, folder.resolve("build.log"), clock, says)
                .bringUpToDate(PortPlan.Services.NAMES.stream()
                        .map(name -> name + "-service")
                        .toList());
        var run = new Run(root, folder, says);
        var report = new Report(
                seed,
                run.operations().toString(),
                run.of(faults, seed, arguments.rounds(), Duration.ofSeconds(arguments.rest())));
        if (!arguments.json()) {
            System.out.println();
            System.out.print(report.table());
            if (!report.clean()) {
                System.out.println(
                        "violated; once more: ./regulars faults " + String.join(" ", arguments.names()) + " --seed "
                                + seed + " --rounds " + arguments.rounds() + "; the operations: " + run.operations());
            }
        }
        System.out.println(report.json());
        return report.clean() ? 0 : VIOLATED;
    }

    /// The mail sandbox throws where a client dies in the middle of a message, which is what happens here.
    private static void uncaught(Thread thread, Throwable failure) {
        if (!thread.getName().startsWith("smtp:")) {
            System.err.println("thread " + thread.getName() + " broke: " + failure);
        }
    }

    private static Consumer<String> told(Clock clock) {
        return line -> System.out.println(
                LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS) + " " + line);
    }
}
