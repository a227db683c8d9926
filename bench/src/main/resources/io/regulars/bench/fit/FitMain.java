package io.regulars.scoring.lifetime;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Fits a shop each time it is told to. Compiled against scoring-service where the benchmark runs.
public final class FitMain {

    private static final int PASSES = 20;

    private FitMain() {}

    public static void main(String[] arguments) throws Exception {
        var rows = new ArrayList<BuyingPattern>();
        try (var lines = Files.lines(Path.of(arguments[0]))) {
            lines.map(line -> line.split(","))
                    .map(row -> new BuyingPattern(
                            Integer.parseInt(row[0]), Integer.parseInt(row[1]), Integer.parseInt(row[2])))
                    .forEach(rows::add);
        }
        System.out.println("ready");
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BgNbdFit fit = null;
        for (var line = orders.readLine(); line != null; line = orders.readLine()) {
            if (line.equals("fit")) {
                var began = System.nanoTime();
                var patterns = new PatternCounts();
                rows.forEach(patterns::add);
                fit = BgNbdFit.of(patterns);
                var model = fit.model();
                System.out.println((System.nanoTime() - began) / 1e9 + " " + model.r() + " " + model.alpha() + " "
                        + model.a() + " " + model.b() + " " + fit.logLikelihood());
            } else {
                System.out.println(nanosecondsForEach(rows, fit.model()));
            }
        }
    }

    /// The last of several passes: the first ones are compiled.
    private static double nanosecondsForEach(List<BuyingPattern> rows, BgNbd model) {
        var nanoseconds = 0.0;
        for (var pass = 0; pass < PASSES; pass++) {
            var began = System.nanoTime();
            var sum = rows.stream().mapToDouble(model::alive).sum();
            nanoseconds = (System.nanoTime() - began) / (double) rows.size();
            if (!(sum > 0 && sum <= rows.size())) {
                throw new IllegalStateException("no probabilities: " + sum);
            }
        }
        return nanoseconds;
    }
}
