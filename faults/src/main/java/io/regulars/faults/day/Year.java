package io.regulars.faults.day;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;

/// A shop with all its playbooks on, through weeks of simulated time: what each of them brought, and
/// whether every message can be explained.
public final class Year {

    /// @param report for people, as Markdown
    /// @param messages that were written, whatever became of them
    public record Outcome(String report, String json, int playbooks, long messages, List<Violation> violations) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /// When something happens: after the days are called, in the evening, and in quiet hours.
    private static final List<LocalTime> HOURS =
            List.of(LocalTime.of(10, 30), LocalTime.of(20, 30), LocalTime.of(23, 30));

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_SHOWN = 30;

    /// Notices have no holdout, and who is unhappy is not experimented with.
    private static final List<String> FOR_EVERYBODY =
            List.of("shipped-notice", "after-sale", "complaint-callback", "unhappy-follow-up");

    static final Map<String, Object> GUARDRAILS = Map.of(
            "quietHours",
            Map.of("channels", List.of("sms"), "from", "22:00", "to", "08:00"),
            "caps",
            List.of(
                    Map.of("channel", "sms", "max", 2, "per", "P7D"),
                    Map.of("channel", "all", "max", 6, "per", "P7D")));

    private final Path root;
    private final Path folder;
    private final Consumer<String> says;
    private final long seed;
    private final int customers;
    private final int weeks;
    private final List<Violation> violations = new ArrayList<>();

    public Year(Path root, Path folder, Consumer<String> says, long seed, int customers, int weeks) {
        this.root = root;
        this.folder = folder;
        this.says = says;
        this.seed = seed;
        this.customers = customers;
        this.weeks = weeks;
    }

    public Outcome run() throws InterruptedException {
        try (var rig = new Rig(root, folder.resolve("home"), folder.resolve("operations.jsonl"), says)) {
            var buyers = new Buyers(seed, customers, rig.clock().instant());
            var shop = Shop.found(rig, "year", 1, buyers.customers(), GUARDRAILS);
            var life = new Life(rig, shop, buyers);
            life.moveIn();
            var playbooks = switchOn(shop);
            settle(rig, "moving in");
            for (var day = 1; day <= weeks * 7; day++) {
                for (var hour : HOURS) {
                    rig.shiftClock(until(hour, rig.clock()));
                    life.live(hour.isAfter(LocalTime.of(22, 0)));
                    settle(rig, "day " + day + ", " + hour);
                    life.rested();
                }
            }
            violations.addAll(new Explained(rig, shop, life).judge());
            return outcome(YearReport.of(shop, playbooks), new Totals(rig, shop).messages());
        }
    }

    private Map<String, String> switchOn(Shop shop) {
        var on = new LinkedHashMap<String, String>();
        shop.owner().get("/api/campaign/v1/playbooks").path("items").forEach(playbook -> {
            var id = playbook.path("id").asText();
            var wishes = FOR_EVERYBODY.contains(id) ? Map.of() : Map.of("holdoutPercent", 20);
            var campaign = shop.owner()
                    .done(Request.post(
                            "playbook", id, "year-" + id, "/api/campaign/v1/playbooks/" + id + "/campaigns", wishes));
            on.put(id, campaign.path("id").asText());
        });
        return on;
    }

    private static Duration until(LocalTime hour, Clock clock) {
        Instant now = clock.instant();
        ZonedDateTime today = now.atZone(ZONE).with(hour);
        ZonedDateTime next = today.toInstant().isAfter(now) ? today : today.plusDays(1);
        return Duration.between(now, next);
    }

    private void settle(Rig rig, String when) {
        var busy = rig.settleQuickly(PATIENCE);
        if (!busy.isEmpty()) {
            violations.add(new Violation("I10", "not at rest after " + when, String.join("; ", busy)));
        }
    }

    private Outcome outcome(YearReport report, long messages) {
        var json = new LinkedHashMap<String, Object>();
        json.put("seed", seed);
        json.put("customers", customers);
        json.put("weeks", weeks);
        json.put("messages", messages);
        json.put("playbooks", report.lines());
        json.put("violated", violations.size());
        json.put("violations", violations.stream().limit(MOST_SHOWN).toList());
        try {
            return new Outcome(
                    report.markdown(customers, weeks, messages, violations),
                    JSON.writeValueAsString(json),
                    report.lines().size(),
                    messages,
                    List.copyOf(violations));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What there was in all.
    private record Totals(Rig rig, Shop shop) {
        long messages() {
            try (var databases = rig.databases()) {
                return databases
                        .campaign()
                        .number("select count(*) from message where merchant_id = ?", shop.merchantId());
            }
        }
    }
}
