package io.regulars.local.command;

import java.util.List;
import java.util.Set;

import io.regulars.local.build.Build;
import io.regulars.local.home.PortPlan;
import io.regulars.local.home.Run;
import io.regulars.local.home.Shop;
import io.regulars.local.unit.PortOwners;

/// `up`: makes ready what a run needs, then runs, here or in the background.
final class Up {

    private final Context context;
    private final Terminal terminal;
    private final Arguments arguments;

    private Up(Context context, List<String> words) {
        this.context = context;
        this.terminal = context.terminal();
        this.arguments = Arguments.parse(words, Set.of("--detach", "--fresh", "--no-demo"), Set.of("--port"), 0);
    }

    static void run(Context context, List<String> words) throws Exception {
        new Up(context, words).run();
    }

    private void run() throws Exception {
        var ports = ports();
        context.home().create();
        if (context.launcher().isPresent()) {
            alreadyRunning();
            return;
        }
        Down.stopStrays(context);
        refuseTakenPorts(ports);
        new Build(context.root(), context.home().log("build"), context.clock(), terminal::step)
                .bringUpToDate(PortPlan.Services.NAMES.stream()
                        .map(name -> name + "-service")
                        .toList());
        wipeWhereAsked();
        var demo = !arguments.has("--no-demo");
        if (arguments.has("--detach")) {
            Detached.run(context, ports, demo);
        } else {
            new Running(context, ports, demo).run(true);
        }
    }

    private PortPlan ports() {
        var port = arguments.values().getOrDefault("--port", Integer.toString(PortPlan.DEFAULT));
        try {
            return new PortPlan(Integer.parseInt(port));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--port needs a number: " + e.getMessage());
        }
    }

    private void alreadyRunning() {
        if (arguments.has("--fresh")) {
            throw new UsageException("Regulars runs; stop it with ./regulars down before you start afresh");
        }
        terminal.say("Regulars runs already.");
        Run.of(context.home()).ifPresent(run -> Summary.addresses(terminal, run.ports()));
    }

    private void refuseTakenPorts(PortPlan ports) {
        for (var port : ports.all().entrySet()) {
            if (PortOwners.taken(port.getKey())) {
                throw new UsageException(
                        "port %d, for %s, is taken by %s.\nStop that, or count from another port: ./regulars up --port %d"
                                .formatted(
                                        port.getKey(),
                                        port.getValue(),
                                        PortOwners.describe(port.getKey()),
                                        ports.gateway() + 1000));
            }
        }
    }

    private void wipeWhereAsked() {
        var halfFilled = Shop.named(context.home(), Shop.DEMO)
                .filter(shop -> !shop.filled())
                .isPresent();
        if (arguments.has("--fresh")) {
            terminal.step("deleting all data");
            context.home().wipe();
        } else if (halfFilled) {
            terminal.step("the demo shop was not filled to its end; starting afresh");
            context.home().wipe();
        }
    }
}
