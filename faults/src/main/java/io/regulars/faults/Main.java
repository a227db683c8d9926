package io.regulars.faults;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.regulars.faults.broadcast.Broadcast;
import io.regulars.faults.day.Day;
import io.regulars.faults.fault.Fault;
import io.regulars.faults.fault.Faults;
import io.regulars.faults.mutation.Mutations;
import io.regulars.local.build.Build;
import io.regulars.local.home.Alone;
import io.regulars.local.home.PortPlan;

/// What `./regulars faults` runs.
public final class Main {

    private static final int BROKE_OFF = 1;
    private static final int VIOLATED = 3;
    private static final String KILLS = "kills";
    private static final String MUTATIONS = "mutations";
    private static final String DAY = "day";
    private static final String BROADCAST = "broadcast";

    private Main() {}

    public static void main(String[] words) {
        Thread.setDefaultUncaughtExceptionHandler(Main::uncaught);
        try {
            if (words.length > 0 && words[0].equals(MUTATIONS)) {
                System.exit(Mutations.run(root(), List.of(words).subList(1, words.length)));
            }
            System.exit(run(Arguments.parse(List.of(words)), Clock.systemUTC()));
        } catch (IllegalArgumentException e) {
            System.err.println("regulars: " + e.getMessage());
            System.exit(2);
        } catch (Exception e) {
            // threads of a system that did not start would keep the process
            System.err.println("regulars: the run broke off: " + trace(e));
            System.exit(BROKE_OFF);
        }
    }

    private static int run(Arguments arguments, Clock clock) throws IOException, InterruptedException {
        if (arguments.names().isEmpty()) {
            Faults.ALL.forEach(fault -> System.out.printf("%-24s %s%n", fault.name(), fault.says()));
            System.out.printf("%-24s %s%n", "all", "all of them, one after the other");
            System.out.printf(
                    "%-24s %s%n", KILLS, "many short rounds (--rounds N) on one system, each killing one process");
            System.out.println();
            System.out.printf(
                    "%-24s %s%n", DAY, "a day of a shop of so many --customers, hour by hour, with the playbooks on");
            System.out.printf(
                    "%-24s %s%n",
                    BROADCAST,
                    "an e-mail to all of so many --customers, while campaign-service is killed so many times (--kills)");
            System.out.printf(
                    "%-24s %s%n", MUTATIONS, "take each guard of the services away, and see that a test notices");
            return 0;
        }
        try (var _ = Alone.in(folder())) {
            if (arguments.names().equals(List.of(DAY))) {
                return day(arguments, clock);
            }
            if (arguments.names().equals(List.of(BROADCAST))) {
                return broadcast(arguments, clock);
            }
            var faults = faults(arguments.names());
            var seed = seed(arguments);
            return run(arguments, clock, faults, seed, arguments.json() ? line -> {} : told(clock));
        }
    }

    private static List<Fault> faults(List<String> names) {
        if (names.contains(KILLS)) {
            if (names.size() > 1) {
                throw new IllegalArgumentException(KILLS + " runs alone");
            }
            return List.of();
        }
        return names.contains("all")
                ? Faults.ALL
                : names.stream().map(Faults::named).toList();
    }

    private static int day(Arguments arguments, Clock clock) throws InterruptedException {
        Consumer<String> says = arguments.json() ? line -> {} : told(clock);
        var seed = seed(arguments);
        says.accept("seed " + seed);
        bringUpToDate(clock, says);
        var day = new Day(root(), folder(), says, seed, arguments.customers());
        return day.run(Duration.ofSeconds(arguments.rest())) ? 0 : VIOLATED;
    }

    private static int broadcast(Arguments arguments, Clock clock) throws InterruptedException {
        Consumer<String> says = arguments.json() ? line -> {} : told(clock);
        var seed = seed(arguments);
        says.accept("seed " + seed);
        bringUpToDate(clock, says);
        var broadcast = new Broadcast(root(), folder(), says, seed, arguments.customers(), arguments.kills());
        return broadcast.run() ? 0 : VIOLATED;
    }

    private static long seed(Arguments arguments) {
        return arguments.seed() == null ? ThreadLocalRandom.current().nextLong(1, 1_000_000) : arguments.seed();
    }

    /// @param faults empty for kills
    private static int run(Arguments arguments, Clock clock, List<Fault> faults, long seed, Consumer<String> says)
            throws InterruptedException {
        says.accept("seed " + seed);
        bringUpToDate(clock, says);
        var run = new Run(root(), folder(), says);
        var rest = Duration.ofSeconds(arguments.rest());
        var outcomes = faults.isEmpty()
                ? run.kills(seed, arguments.rounds(), rest)
                : run.of(faults, seed, arguments.rounds(), rest);
        var report = new Report(seed, run.operations().toString(), outcomes);
        if (!arguments.json()) {
            System.out.println();
            System.out.print(report.table());
            System.out.print(report.summary());
            if (!report.clean()) {
                System.out.println(
                        "violated; once more: ./regulars faults " + String.join(" ", arguments.names()) + " --seed "
                                + seed + " --rounds " + arguments.rounds() + "; the operations: " + run.operations());
            }
        }
        System.out.println(report.json());
        return report.clean() ? 0 : VIOLATED;
    }

    private static void bringUpToDate(Clock clock, Consumer<String> says) throws InterruptedException {
        new Build(root(), folder().resolve("build.log"), clock, says)
                .bringUpToDate(PortPlan.Services.NAMES.stream()
                        .map(name -> name + "-service")
                        .toList());
    }

    private static Path folder() {
        return Path.of(System.getProperty("regulars.faults", ".regulars/faults"));
    }

    private static Path root() {
        return Path.of(System.getProperty("regulars.root", ""));
    }

    private static String trace(Exception failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
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
