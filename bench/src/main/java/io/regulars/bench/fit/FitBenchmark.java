package io.regulars.bench.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.peer.PeerMissing;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.shop.ShopModel;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;

/// BG/NBD, fitted on a generated shop and, where they are at hand, on CDNOW's customers.
public final class FitBenchmark implements Benchmark {

    /// Fader, Hardie and Lee 2005, table 2.
    private static final String PUBLISHED = "0.243 4.414 0.793 2.426, -9582.4";

    private static final String SAMPLE = "the CDNOW sample";

    @Override
    public String name() {
        return "fit";
    }

    @Override
    public String about() {
        return "BG/NBD fitted on a shop's buying patterns, against SciPy on the same likelihood";
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        var customers = bench.customers(1_000_000, 10_000);
        var folder = Files.createDirectories(bench.home(name()));
        report.say(
                "Fit: the four parameters of BG/NBD by greatest likelihood, from a row for each customer (repeats, day of the last, age) in memory: the generated shop has %,d customers. scoring-service's classes count the customers of each pattern first, within the time that is taken; SciPy works on a row a customer, or groups the rows, within its time as well. All run on one thread, and start from the same point."
                        .formatted(customers));
        var ours = OurFit.build(bench, folder);
        bench.progress().accept("drawing the shop");
        var shops = new ArrayList<Patterns>();
        shops.add(Patterns.drawn(ShopModel.of(bench.seed(), customers), folder));
        shops.addAll(cdnow(bench, report, folder));
        var peer = peer(report, folder);
        for (var shop : shops) {
            measure(bench, report, shop, ours, peer, shop.equals(shops.getFirst()));
        }
        return report;
    }

    /// Its licence is not ours to pass on, so it lies beside the project, or nowhere.
    private static List<Patterns> cdnow(Bench bench, Report report, Path folder) throws IOException {
        var data = bench.root().resolveSibling("shared/data/cdnow");
        var sample = data.resolve("CDNOW_sample.txt");
        var master = data.resolve("CDNOW_master.txt.gz");
        if (!Files.exists(sample) || !Files.exists(master)) {
            report.fact("CDNOW", "not at hand in " + data + ", so the published parameters are not compared");
            return List.of();
        }
        return List.of(
                Patterns.ofCdnow(SAMPLE, sample, 2, folder), Patterns.ofCdnow("all of CDNOW", master, 1, folder));
    }

    private static SciPy peer(Report report, Path folder) throws InterruptedException {
        try {
            var peer = SciPy.find(folder);
            report.fact("SciPy", peer.version());
            return peer;
        } catch (PeerMissing e) {
            report.missing("SciPy", e.getMessage());
            return null;
        }
    }

    /// @param peer null where there is none: then our answers alone are checked
    /// @param large whether the goals are set for this shop
    private static void measure(Bench bench, Report report, Patterns shop, OurFit build, SciPy peer, boolean large)
            throws Exception {
        try (var ours = build.of(shop)) {
            var warm = WarmUp.run(bench.pick(10, 1), () -> 1 / ours.fit().seconds());
            report.fact("warm-up on " + shop.shop(), warm);
            report.figure("a fit of " + shop.shop(), ours.fit().seconds() * 1_000, "ms", null);
            if (shop.shop().equals(SAMPLE)) {
                report.check(
                        "as published: r, alpha, a, b, log-likelihood",
                        PUBLISHED,
                        ours.last().asPublished());
            }
            if (large) {
                var alive = Double.parseDouble(ours.ask("alive"));
                report.figure("P(alive), each", alive, "ns", Goal.atMost(150));
            }
            if (peer != null) {
                try (var plain = peer.plain(shop)) {
                    race(bench, report, shop, ours, plain, large ? Goal.atLeast(10) : null);
                }
                try (var grouped = peer.grouped(shop)) {
                    race(bench, report, shop, ours, grouped, large ? Goal.atLeast(3) : null);
                }
            }
        }
    }

    private static void race(Bench bench, Report report, Patterns shop, Fitter ours, Fitter theirs, Goal goal)
            throws Exception {
        var race = Race.run(shop.shop(), bench.rounds(), ours.contestant(), theirs.contestant(), bench.progress());
        report.race(race, "fits/s", goal);
        report.check(
                shop.shop() + ": the same optimum as " + theirs.contestant().name()
                        + ", within 1e-6 of the log-likelihood",
                "yes",
                ours.last().sameOptimumAs(theirs.last())
                        ? "yes"
                        : ours.last().logLikelihood() + " and " + theirs.last().logLikelihood());
    }
}
