package io.regulars.faults.day;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.faults.oracle.Oracle;
import io.regulars.faults.oracle.Recomputed;
import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;

/// A shop of many customers with the three playbooks on, through a day of simulated time.
public final class Day {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HOURS = 24;

    /// One cause can show a thousand times.
    private static final int MOST_SHOWN = 30;

    /// Comparing every row of every table before and after takes too long for a large shop.
    private static final int RECOMPUTED_UP_TO = 5_000;

    private static final Map<String, Object> GUARDRAILS = Map.of(
            "quietHours",
            Map.of("channels", List.of("sms"), "from", "22:00", "to", "08:00"),
            "caps",
            List.of(
                    Map.of("channel", "sms", "max", 1, "per", "P1D"),
                    Map.of("channel", "all", "max", 4, "per", "P1D")));

    private final Path root;
    private final Path folder;
    private final Consumer<String> says;
    private final long seed;
    private final int customers;
    private final Map<String, Buyers.Bought> today = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private Duration longestRest = Duration.ZERO;
    private int lettersRead;

    public Day(Path root, Path folder, Consumer<String> says, long seed, int customers) {
        this.root = root;
        this.folder = folder;
        this.says = says;
        this.seed = seed;
        this.customers = customers;
    }

    /// @param restsWithin how long it may take each hour until all is at rest
    /// @return whether all held
    public boolean run(Duration restsWithin) throws InterruptedException {
        try (var rig = new Rig(root, folder.resolve("home"), folder.resolve("operations.jsonl"), says)) {
            var buyers = new Buyers(seed, customers, rig.clock().instant());
            var shop = Shop.found(rig, "day", 1, buyers.customers(), GUARDRAILS);
            new Filling(rig, shop, buyers).run();
            for (var hour = 1; hour <= HOURS; hour++) {
                pass(rig, shop, buyers, hour, restsWithin);
            }
            judge(rig, shop, buyers);
            report(Counts.of(rig, shop, lettersRead));
            return violations.isEmpty();
        }
    }

    private void pass(Rig rig, Shop shop, Buyers buyers, int number, Duration restsWithin) {
        rig.shiftClock(Duration.ofHours(1));
        var hour = new Hour(rig, shop, buyers, number);
        today.putAll(hour.work());
        lettersRead += hour.read();
        var began = System.nanoTime();
        var busy = rig.settle(restsWithin);
        var took = Duration.ofNanos(System.nanoTime() - began);
        longestRest = took.compareTo(longestRest) > 0 ? took : longestRest;
        if (!busy.isEmpty()) {
            violations.add(new Violation(
                    "I10",
                    "not at rest " + restsWithin.toSeconds() + " s after hour " + number,
                    String.join("; ", busy)));
        }
    }

    private void judge(Rig rig, Shop shop, Buyers buyers) {
        var began = System.nanoTime();
        violations.addAll(OrdersAsTold.judge(rig, shop, buyers, today));
        violations.addAll(Oracle.judgeLarge(rig, shop, says));
        rig.say("judged in %.1f s".formatted((System.nanoTime() - began) / 1e9));
        if (customers <= RECOMPUTED_UP_TO) {
            violations.addAll(Recomputed.judge(rig, List.of(shop), "recompute-at-last"));
        }
        violations.stream().limit(MOST_SHOWN).forEach(violation -> rig.say("VIOLATION " + violation));
    }

    private void report(Counts counts) {
        System.out.println();
        System.out.print(counts.table());
        System.out.printf("%-40s %10.1f s%n", "longest until at rest after an hour", longestRest.toMillis() / 1_000.0);
        System.out.printf("%-40s %,12d%n", "violations", violations.size());
        var report = new LinkedHashMap<String, Object>();
        report.put("seed", seed);
        report.put("counts", counts.all());
        report.put("longestRestMillis", longestRest.toMillis());
        report.put("violated", violations.size());
        report.put("violations", violations.stream().limit(MOST_SHOWN).toList());
        try {
            System.out.println(JSON.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
