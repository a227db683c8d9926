package io.regulars.local.supervise;

import java.util.List;
import java.util.Map;

import io.regulars.local.home.PortPlan;

/// Which services run beside PostgreSQL and Kafka, and what they are given.
///
/// @param services in the order in which they start
/// @param jvm how large the services' JVMs may grow and how they collect garbage
/// @param environment added to that of each service
public record Selection(List<String> services, List<String> jvm, Map<String, String> environment) {

    /// Small heaps, so that all of the system fits on a laptop.
    static final List<String> SMALL = List.of("-Xmx384m", "-XX:+UseSerialGC");

    public static final Selection ALL = new Selection(PortPlan.Services.NAMES, SMALL, Map.of());

    public Selection {
        services = List.copyOf(services);
        jvm = List.copyOf(jvm);
        environment = Map.copyOf(environment);
    }

    /// These services, with the heaps of a local run.
    public static Selection of(String... services) {
        return new Selection(List.of(services), SMALL, Map.of());
    }

    public Selection withJvm(String... options) {
        return new Selection(services, List.of(options), environment);
    }

    public Selection withEnvironment(Map<String, String> added) {
        return new Selection(services, jvm, added);
    }
}
