package io.regulars.local.unit;

import java.util.Optional;

/// A process of the system that can be started, watched and stopped on its own.
public sealed interface Unit permits PostgresUnit, JavaUnit {

    String name();

    /// Starts it unless it runs; returns without waiting for `ready`.
    void start();

    /// Whether it takes work.
    boolean ready();

    /// The process as it runs, or nothing.
    Optional<ProcessHandle> process();

    /// Stops it in good order, in the end by force.
    void stop();
}
