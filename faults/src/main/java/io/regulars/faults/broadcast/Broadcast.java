package io.regulars.faults.broadcast;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.faults.oracle.Oracle;
import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Pause;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Bulk;
import io.regulars.faults.workload.Shop;

/// A broadcast to all customers of a shop over six time zones, some of whom declined, some of whom are held out and
/// some of whom sleep. While it goes out campaign-service is killed; then it must have reached everybody once.
public final class Broadcast {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 1_000;
    private static final int MOST_SHOWN = 30;
    private static final int HOLDOUT_PERCENT = 5;
    private static final Duration KNOWN_WITHIN = Duration.ofMinutes(20);

    /// Long enough for the slowest machine: what counts is who is written to, not when.
    private static final Duration SENT_WITHIN = Duration.ofMinutes(30);

    /// Whoever sleeps at one of these is awake at another.
    private static final int PARTS_OF_A_DAY = 4;

    private static final Map<String, Object> GUARDRAILS =
            Map.of("quietHours", Map.of("channels", List.of("email"), "from", "22:00", "to", "08:00"));

    private final Path root;
    private final Path folder;
    private final Consumer<String> says;
    private final long seed;
    private final int customers;
    private final int kills;
    private final List<Violation> violations = new ArrayList<>();

    /// @param kills how often campaign-service dies while the messages go out
    public Broadcast(Path root, Path folder, Consumer<String> says, long seed, int customers, int kills) {
        this.root = root;
        this.folder = folder;
        this.says = says;
        this.seed = seed;
        this.customers = customers;
        this.kills = kills;
    }

    /// @return whether all held
    public boolean run() throws InterruptedException {
        try (var rig = new Rig(root, folder.resolve("home"), folder.resolve("operations.jsonl"), says)) {
            var names = IntStream.range(0, customers).mapToObj(i -> "u-" + i).toList();
            var shop = Shop.found(rig, "broadcast", 1, names, GUARDRAILS);
            fill(rig, shop);
            var began = System.nanoTime();
            begin(shop);
            kill(rig);
            rest(rig, "after the kills");
            var took = Duration.ofNanos(System.nanoTime() - began);
            var firstWave = rig.mail().total();
            for (var part = 1; part < PARTS_OF_A_DAY; part++) {
                rig.shiftClock(Duration.ofDays(1).dividedBy(PARTS_OF_A_DAY));
                rest(rig, "in part " + (part + 1) + " of the day");
            }
            var everybody = EverybodyOnce.judge(rig, shop, Broadcast::declines);
            violations.addAll(everybody.violations());
            violations.addAll(Oracle.judgeLarge(rig, shop, says));
            violations.stream().limit(MOST_SHOWN).forEach(violation -> rig.say("VIOLATION " + violation));
            report(rig, everybody.counts(), firstWave, took);
            return violations.isEmpty();
        }
    }

    /// Every tenth wants no e-mail.
    static boolean declines(String customer) {
        return customer.endsWith("0");
    }

    private void fill(Rig rig, Shop shop) {
        shop.goods();
        shop.guardrail();
        var bulk = new Bulk(shop);
        Bulk.inBatches(
                customers,
                BATCH,
                (first, last) -> bulk.write(
                        "customers",
                        first,
                        shop.customers().subList(first, last).stream()
                                .map(customer -> person(shop, customer))
                                .toList()));
        rig.say("customers are written");
        shop.awaitPeople(KNOWN_WITHIN);
        rest(rig, "before the broadcast");
    }

    private static Map<String, Object> person(Shop shop, String customer) {
        var person = new HashMap<>(shop.person(customer));
        person.put("consents", Map.of("sms", false, "email", !declines(customer), "inbox", true));
        return person;
    }

    private static void begin(Shop shop) {
        var email = Map.of("subject", "上新了，{customer.name}", "text", "{shop.name}\n\n{unsubscribeUrl}");
        var campaign = shop.owner()
                .done(Request.post(
                        "campaign",
                        "broadcast",
                        "broadcast-campaign",
                        "/api/campaign/v1/campaigns",
                        Map.of(
                                "name",
                                "to all",
                                "trigger",
                                Map.of("type", "broadcast"),
                                "holdoutPercent",
                                HOLDOUT_PERCENT,
                                "steps",
                                List.of(Map.of("type", "send", "channel", "email", "template", email)))))
                .path("id")
                .asText();
        shop.owner()
                .done(Request.post(
                        "activate",
                        "broadcast",
                        "broadcast-activate",
                        "/api/campaign/v1/campaigns/" + campaign + "/activate",
                        Map.of()));
    }

    /// Each time when another random part of the messages has arrived. At least half of all customers are awake at
    /// any time, so that there is enough for all kills.
    private void kill(Rig rig) {
        var random = new SplittableRandom(seed);
        for (var i = 0; i < kills; i++) {
            var target = rig.mail().total() + 1 + random.nextInt(Math.max(1, customers / (3 * kills)));
            var reached = Pause.until(SENT_WITHIN, () -> rig.mail().total() >= target);
            rig.say("kill campaign after %,d e-mails".formatted(rig.mail().total()));
            rig.kill("campaign");
            if (!reached) {
                violations.add(new Violation("coverage", "there were not enough e-mails to kill among", target + ""));
            }
            rig.awaitReady(Rig.UNITS);
        }
    }

    private void rest(Rig rig, String when) {
        var busy = rig.settle(SENT_WITHIN);
        if (!busy.isEmpty()) {
            violations.add(new Violation("I10", "not at rest " + when, String.join("; ", busy)));
        }
    }

    private void report(Rig rig, Map<String, Long> counts, long firstWave, Duration took) {
        System.out.println();
        counts.forEach((what, many) -> System.out.printf("%-40s %,12d%n", what, many));
        System.out.printf("%-40s %,12d%n", "e-mails received", rig.mail().total());
        System.out.printf(
                "%-40s %,12d in %.1f s, restarts included%n", "… of those who were awake", firstWave, took.toMillis() / 1e3);
        System.out.printf("%-40s %,12d%n", "kills", rig.kills());
        System.out.printf("%-40s %,12d%n", "violations", violations.size());
        var report = new LinkedHashMap<String, Object>();
        report.put("seed", seed);
        report.put("customers", customers);
        report.put("kills", rig.kills());
        report.put("counts", counts);
        report.put("received", rig.mail().total());
        report.put("firstWave", firstWave);
        report.put("firstWaveMillis", took.toMillis());
        report.put("violated", violations.size());
        report.put("violations", violations.stream().limit(MOST_SHOWN).toList());
        try {
            System.out.println(JSON.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
