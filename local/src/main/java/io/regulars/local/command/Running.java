package io.regulars.local.command;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;

import io.regulars.local.demo.DemoShop;
import io.regulars.local.home.ClockOffset;
import io.regulars.local.home.PortPlan;
import io.regulars.local.home.Run;
import io.regulars.local.home.Secrets;
import io.regulars.local.home.Shop;
import io.regulars.local.supervise.LocalSystem;

/// A run of the system, from its start until it is told to stop.
final class Running {

    /// The same shop on every machine.
    private static final long SEED = 20_260_101;

    private final Context context;
    private final Terminal terminal;
    private final PortPlan ports;
    private final boolean demo;

    Running(Context context, PortPlan ports, boolean demo) {
        this.context = context;
        this.terminal = context.terminal();
        this.ports = ports;
        this.demo = demo;
    }

    /// @param credentials whether to print them: not where the output goes to a log
    void run(boolean credentials) throws InterruptedException {
        context.processes().remember(Context.LAUNCHER, ProcessHandle.current());
        new Run(ports.gateway(), false, null).save(context.home());
        var system = new LocalSystem(context.root(), context.home(), ports, terminal::step);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system), "stop"));
        try {
            system.start(terminal::step);
            fill();
        } catch (Exception e) {
            new Run(ports.gateway(), false, String.valueOf(e.getMessage())).save(context.home());
            throw new IllegalStateException(e.getMessage(), e);
        }
        new Run(ports.gateway(), true, null).save(context.home());
        if (credentials) {
            Summary.addresses(terminal, ports);
            Summary.credentials(terminal, ports.publicUrl(), context.shop(null));
            terminal.say("\nCtrl-C, or ./regulars down, stops it.");
        }
        new CountDownLatch(1).await();
    }

    private void stop(LocalSystem system) {
        terminal.step("stopping");
        system.close();
        context.processes().forget(Context.LAUNCHER);
        terminal.step("stopped");
    }

    /// Gives an empty system a shop.
    private void fill() throws Exception {
        var home = context.home();
        if (Shop.named(home, Shop.DEMO).isPresent()
                || Shop.named(home, NewShop.MAIN).isPresent()) {
            return;
        }
        if (!demo) {
            NewShop.create(ports.publicUrl(), home, NewShop.MAIN, "Asia/Shanghai", "CNY", "zh-CN");
            return;
        }
        terminal.step("filling the demo shop");
        Shop.begun(Shop.DEMO).save(home);
        var clock = Clock.offset(context.clock(), ClockOffset.of(home));
        var filled = new DemoShop(ports.publicUrl(), Secrets.of(home).operator(), clock, SEED, terminal::step).fill();
        new Shop(
                        Shop.DEMO,
                        filled.merchantId(),
                        filled.ownerEmail(),
                        filled.ownerPassword(),
                        filled.clientId(),
                        filled.clientSecret(),
                        true)
                .save(home);
    }
}
