package io.regulars.faults.fault;

import java.util.List;

import io.regulars.faults.oracle.Violation;

/// One way to break the system. It heals what it broke before it returns.
public interface Fault {

    String name();

    /// One line for the list.
    String says();

    /// @return what the fault itself saw that must not be
    List<Violation> strike(Strike strike);

    /// What is to be done and seen when all is at rest after it.
    default List<Violation> atRest(Strike strike) {
        return List.of();
    }
}
