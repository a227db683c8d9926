package io.regulars.local.supervise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.regulars.local.home.PortPlan;

/// Which services run beside PostgreSQL and Kafka, and what they are given.
///
/// @param services in the order in which they start
/// @param jvm how large the services' JVMs may grow and how they collect garbage
/// @param environment added to that of each service
/// @param replicas how many of each service there can be; `start` starts the first, the others wait to be started
public record Selection(List<String> services, List<String> jvm, Map<String, String> environment, int replicas) {

    /// Small heaps, so that all of the system fits on a laptop; unasked the JVM begins with a sixty-fourth of the
    /// memory,
    /// and keeps what it has touched.
    static final List<String> SMALL = List.of("-Xms48m", "-Xmx384m", "-XX:+UseSerialGC");

    /// Compiles once and lightly: half the processor time until ready, and slower afterwards.
    private static final String LIGHT_COMPILER = "-XX:TieredStopAtLevel=1";

    public static final Selection ALL = new Selection(PortPlan.Services.NAMES, SMALL, Map.of(), 1);

    public Selection {
        services = List.copyOf(services);
        jvm = List.copyOf(jvm);
        environment = Map.copyOf(environment);
    }

    /// These services, with the heaps of a local run.
    public static Selection of(String... services) {
        return new Selection(List.of(services), SMALL, Map.of(), 1);
    }

    public Selection withJvm(String... options) {
        return new Selection(services, List.of(options), environment, replicas);
    }

    /// For systems that live for a few minutes, and that nobody measures.
    public Selection shortLived() {
        return new Selection(
                services, Stream.concat(jvm.stream(), Stream.of(LIGHT_COMPILER)).toList(), environment, replicas);
    }

    /// Kafka's, beside services like these.
    List<String> kafkaJvm() {
        return jvm.contains(LIGHT_COMPILER)
                ? Stream.concat(SMALL.stream(), Stream.of(LIGHT_COMPILER)).toList()
                : SMALL;
    }

    public Selection withEnvironment(Map<String, String> added) {
        return new Selection(services, jvm, added, replicas);
    }

    /// The services and settings of both; heaps as here.
    public Selection and(Selection other) {
        var both = new HashMap<>(environment);
        both.putAll(other.environment);
        return new Selection(
                PortPlan.Services.NAMES.stream()
                        .filter(name -> services.contains(name) || other.services.contains(name))
                        .toList(),
                jvm,
                both,
                Math.max(replicas, other.replicas));
    }

    /// The second replica of a service is called `scoring-2`, and so on.
    public Selection withReplicas(int count) {
        return new Selection(services, jvm, environment, count);
    }

    /// The names of all replicas that can be, the first ones first.
    List<String> units() {
        return IntStream.rangeClosed(1, replicas)
                .boxed()
                .flatMap(number -> services.stream().map(service -> number == 1 ? service : service + "-" + number))
                .toList();
    }
}
