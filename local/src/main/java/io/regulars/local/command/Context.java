package io.regulars.local.command;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

import io.regulars.local.api.ApiClient;
import io.regulars.local.home.Home;
import io.regulars.local.home.Run;
import io.regulars.local.home.Secrets;
import io.regulars.local.home.Shop;
import io.regulars.local.supervise.ControlClient;
import io.regulars.local.unit.Processes;

/// What every command stands on.
///
/// @param root the project's folder
record Context(Path root, Home home, Clock clock, Terminal terminal) {

    static final String LAUNCHER = "launcher";

    Processes processes() {
        return new Processes(home.processes());
    }

    Optional<ProcessHandle> launcher() {
        return processes().find(LAUNCHER);
    }

    /// The run that goes on now.
    Run running() {
        if (launcher().isEmpty()) {
            throw new UsageException("Regulars does not run here; start it with ./regulars up");
        }
        return Run.of(home).orElseThrow(() -> new UsageException("Regulars is only just starting"));
    }

    ControlClient control() {
        return new ControlClient(running().ports(), Secrets.of(home));
    }

    URI gateway() {
        return running().ports().publicUrl();
    }

    /// The named shop, else the demo shop, else the one that `up --no-demo` made.
    Shop shop(String name) {
        if (name != null) {
            return Shop.named(home, name)
                    .filter(Shop::filled)
                    .orElseThrow(
                            () -> new UsageException("no shop " + name + "; ./regulars shop " + name + " makes it"));
        }
        return Shop.named(home, Shop.DEMO)
                .filter(Shop::filled)
                .or(() -> Shop.named(home, NewShop.MAIN))
                .orElseThrow(() -> new UsageException("no shop yet; ./regulars shop NAME makes one"));
    }

    ApiClient client(Shop shop) {
        return ApiClient.client(gateway(), shop.clientId(), shop.clientSecret());
    }

    ApiClient owner(Shop shop) {
        return ApiClient.user(gateway(), shop.ownerEmail(), shop.ownerPassword());
    }
}
