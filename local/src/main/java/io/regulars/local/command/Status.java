package io.regulars.local.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.local.api.ApiClient;
import io.regulars.local.api.ApiException;
import io.regulars.local.home.ClockOffset;
import io.regulars.local.home.Shop;
import io.regulars.local.supervise.Supervisor;

/// `status`: how the processes are, and what the shop counts, asked through the public API.
final class Status {

    private final Terminal terminal;

    private Status(Terminal terminal) {
        this.terminal = terminal;
    }

    static void run(Context context, List<String> words) throws IOException, InterruptedException {
        var arguments = Arguments.parse(words, Set.of(), Set.of("--shop"), 0);
        var run = context.running();
        var status = new Status(context.terminal());
        status.terminal.say("Regulars at " + run.ports().publicUrl() + (run.ready() ? "" : " (starting)"));
        var states = context.control().states();
        for (var unit : states) {
            status.terminal.say("  %-12s %-10s %s"
                    .formatted(unit.name(), unit.state(), unit.process() == null ? "" : "process " + unit.process()));
        }
        var offset = ClockOffset.of(context.home());
        if (!offset.isZero()) {
            status.terminal.say("  clock        shifted by " + offset);
        }
        var away = states.stream()
                .filter(unit -> !unit.state().equals("ready"))
                .map(Supervisor.UnitState::name)
                .toList();
        if (run.ready() && away.isEmpty()) {
            var shop = context.shop(arguments.values().get("--shop"));
            status.counts(shop, context.owner(shop));
        } else if (run.ready()) {
            status.terminal.say("\ncounts are asked when all are ready; not ready: " + String.join(", ", away));
        }
    }

    private void counts(Shop shop, ApiClient api) {
        terminal.say("\n" + shop.name() + " shop");
        line("record", () -> fields(api.get("/api/customer/v1/customers/counts")));
        line("tiers", () -> labelled(api.get("/api/scoring/v1/reports/tiers").path("tiers")));
        for (var channel : List.of("sms", "email", "inbox")) {
            line(
                    channel,
                    () -> fields(api.get("/api/campaign/v1/messages/counts").path(channel)));
        }
    }

    private void line(String what, Supplier<String> value) {
        String text;
        try {
            text = value.get();
        } catch (ApiException e) {
            text = "not known: " + e.getMessage();
        }
        terminal.say("  %-12s %s".formatted(what, text.isEmpty() ? "none" : text));
    }

    private static String fields(JsonNode counts) {
        var parts = new ArrayList<String>();
        counts.properties()
                .forEach(field -> parts.add("%,d %s".formatted(field.getValue().asLong(), field.getKey())));
        return String.join(", ", parts);
    }

    private static String labelled(JsonNode items) {
        var parts = new ArrayList<String>();
        for (var item : items) {
            parts.add("%s %,d"
                    .formatted(
                            item.path("label").asText(item.path("key").asText()),
                            item.path("customers").asLong()));
        }
        return String.join(", ", parts);
    }
}
