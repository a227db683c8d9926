package io.regulars.local.home;

import java.nio.file.Files;
import java.util.Optional;

/// The present or latest run of this home.
///
/// @param port the gateway's
/// @param ready whether the system was once healthy, and filled where asked to be
/// @param failure why it is not, or null
public record Run(int port, boolean ready, String failure) {

    public static Optional<Run> of(Home home) {
        var file = home.folder().resolve("run.json");
        return Files.exists(file) ? Optional.of(Home.read(file, Run.class)) : Optional.empty();
    }

    public void save(Home home) {
        Home.write(home.folder().resolve("run.json"), this);
    }

    public PortPlan ports() {
        return new PortPlan(port);
    }
}
