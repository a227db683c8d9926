package io.regulars.bench.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.Spread;
import io.regulars.bench.peer.PeerMissing;
import io.regulars.bench.peer.SpringBootApp;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.World;
import io.regulars.local.supervise.Selection;

/// From the start of the process to the first good answer of its readiness, on a database that is migrated.
public final class StartBenchmark implements Benchmark {

    private static final int IDLE_SECONDS = 3;
    private static final double MOST_IDLE_MEGABYTES = 150;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "a service ready on a migrated database, with the JVM's AOT cache against its own plain jar; memory idle";
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        report.say(
                "Each service is started alone beside PostgreSQL and Kafka, its database migrated, until its readiness answers 200: from its plain jar, and packaged as a plain class path with an AOT cache that one training run wrote. Both have the JVM options of a local run.");
        report.say(
                "Spring Boot has the same number of endpoints at the same paths, which do nothing, with the starters for what the service stands on and its migrations, unpacked as it advises for production.");
        var selection = bench.pick(Selection.ALL, Selection.of("customer"));
        try (var world = World.start(bench, name(), selection)) {
            world.describe(report);
            AotPackage.bringUpToDate(
                    bench.root(), selection.services(), world.home().log("aot-build"), bench.progress());
            for (var service : selection.services()) {
                world.system().supervisor().stop(service);
            }
            for (var service : selection.services()) {
                new OneService(bench, world, service, report).measure();
            }
        }
        return report;
    }

    private record OneService(Bench bench, World world, String service, Report report) {

        void measure() throws Exception {
            var plain = AotPackage.plainJar(bench.root(), service);
            var aot = AotPackage.jar(bench.root(), service);
            var cache = AotPackage.cache(bench.root(), service);
            var document = trained(aot, cache);
            // `on` instead of `auto`: a cache that cannot be used is an error, not a slower start.
            var options = List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache);
            report.fact(service + " cache MB", Files.size(cache) / 1_000_000);
            var idle = new ArrayList<Double>();
            var plainIdle = new ArrayList<Double>();
            var race = Race.run(
                    service + "-service ready",
                    bench.rounds(),
                    new Contestant("AOT cache", round -> start(aot, options, document, idle)),
                    new Contestant("plain jar", round -> start(plain, List.of(), document, plainIdle)),
                    bench.progress());
            report.race(race, "s", Goal.atMost(0.45));
            figure("AOT cache", idle, Goal.atMost(MOST_IDLE_MEGABYTES));
            figure("plain jar", plainIdle, null);
            againstSpringBoot(aot, options, document, idle);
        }

        private void againstSpringBoot(Path aot, List<String> options, String document, List<Double> idle)
                throws Exception {
            var peer = new SpringBootApp(
                    service,
                    document,
                    List.of(
                            bench.root().resolve("service-kit/src/main/resources/db/kit"),
                            bench.root().resolve(service + "-service/src/main/resources/db/migration")));
            var peerIdle = new ArrayList<Double>();
            try {
                var jar = peer.jar(bench.progress());
                var race = Race.run(
                        service + "-service ready, against Spring Boot",
                        bench.rounds(),
                        new Contestant("AOT cache", round -> start(aot, options, document, idle)),
                        new Contestant("Spring Boot", round -> startPeer(peer, jar, peerIdle)),
                        bench.progress());
                report.race(race, "s", Goal.atMost(0.3));
                figure("Spring Boot", peerIdle, null);
            } catch (PeerMissing e) {
                report.missing("Spring Boot with the endpoints of " + service + "-service", e.getMessage());
            }
        }

        private Sample startPeer(SpringBootApp peer, Path jar, List<Double> idle) throws Exception {
            var began = System.nanoTime();
            try (var launch = Launch.ofSpringBoot(world, service, jar)) {
                launch.awaitReady();
                var seconds = (System.nanoTime() - began) / 1e9;
                var cpu = launch.tree().cpuSeconds();
                TimeUnit.SECONDS.sleep(bench.pick(IDLE_SECONDS, 1));
                idle.add(launch.tree().residentBytes() / 1e6);
                report.check(
                        "Spring Boot: endpoints of " + service + "-service",
                        peer.operations(),
                        launch.handlers("peer.Endpoints"));
                return new Sample(seconds, seconds, 1, cpu, launch.tree().peakBytes());
            }
        }

        private void figure(String packaged, List<Double> megabytes, Goal goal) {
            report.figure(
                    service + "-service idle, " + packaged,
                    Spread.of(megabytes.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray())
                            .median(),
                    "MB resident",
                    goal);
        }

        /// By a training run, unless an earlier one served the same jar.
        ///
        /// @return the service's REST interface, as the training run showed it
        private String trained(Path jar, Path cache) throws Exception {
            var document = cache.resolveSibling(cache.getFileName() + ".openapi");
            if (!AotPackage.isNewer(cache, jar) || !Files.exists(document)) {
                Files.deleteIfExists(cache);
                Files.writeString(document, train(jar, cache));
            }
            return Files.readString(document);
        }

        /// The cache is written when the process ends.
        private String train(Path jar, Path cache) throws Exception {
            bench.progress().accept("training run of " + service + "-service");
            String document;
            try (var launch = Launch.of(world, service, jar, List.of("-XX:AOTCacheOutput=" + cache))) {
                launch.awaitReady();
                document = launch.openApi();
            }
            if (!Files.exists(cache)) {
                throw new IllegalStateException("the training run of " + service
                        + "-service wrote no cache; its log is " + world.home().log("start-" + service));
            }
            return document;
        }

        private Sample start(Path jar, List<String> options, String document, List<Double> idle) throws Exception {
            var began = System.nanoTime();
            try (var launch = Launch.of(world, service, jar, options)) {
                launch.awaitReady();
                var seconds = (System.nanoTime() - began) / 1e9;
                var cpu = launch.tree().cpuSeconds();
                TimeUnit.SECONDS.sleep(bench.pick(IDLE_SECONDS, 1));
                idle.add(launch.tree().residentBytes() / 1e6);
                report.check(service + "-service: its REST interface", document, launch.openApi());
                return new Sample(seconds, seconds, 1, cpu, launch.tree().peakBytes());
            }
        }
    }
}
