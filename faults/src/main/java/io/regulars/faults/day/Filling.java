package io.regulars.faults.day;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;

/// Fills a shop as a merchant would who moves in: goods, people, history, over the bulk API.
final class Filling {

    private static final int BATCH = 1_000;
    private static final int CUSTOMERS_A_BATCH_OF_ORDERS = 350;
    private static final int CLIENTS = 4;
    private static final List<String> PLAYBOOKS =
            List.of("tier-change-notice", "sleeping-wake-up", "repurchase-reminder");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Rig rig;
    private final Shop shop;
    private final Buyers buyers;

    Filling(Rig rig, Shop shop, Buyers buyers) {
        this.rig = rig;
        this.shop = shop;
        this.buyers = buyers;
    }

    void run() {
        shop.goods();
        shop.guardrail();
        timed("customers", () -> inBatches(BATCH, this::people));
        timed("campaigns know them", () -> shop.awaitPeople(PATIENCE));
        // Before the history comes: that must write to nobody.
        PLAYBOOKS.forEach(this::switchOn);
        timed("orders", () -> inBatches(CUSTOMERS_A_BATCH_OF_ORDERS, this::history));
        timed("at rest", this::rest);
    }

    private void timed(String what, Runnable work) {
        var began = System.nanoTime();
        work.run();
        rig.say("%s: %.1f s".formatted(what, (System.nanoTime() - began) / 1e9));
    }

    private void rest() {
        var busy = rig.settle(PATIENCE);
        if (!busy.isEmpty()) {
            throw new IllegalStateException("the shop did not come to rest: " + busy);
        }
    }

    private void switchOn(String playbook) {
        shop.owner()
                .done(Request.post(
                        "playbook",
                        playbook,
                        shop.name() + "-" + playbook,
                        "/api/campaign/v1/playbooks/" + playbook + "/campaigns",
                        Map.of()));
    }

    private void people(int first, int last) {
        write(
                "customers",
                first,
                IntStream.range(first, last)
                        .mapToObj(i -> shop.person(Buyers.customer(i)))
                        .toList());
    }

    private void history(int first, int last) {
        var orders = new ArrayList<Map<String, Object>>();
        for (var i = first; i < last; i++) {
            buyers.boughtBy(i).forEach(order -> orders.add(order.json()));
        }
        for (var from = 0; from < orders.size(); from += BATCH) {
            write("orders", first + from, orders.subList(from, Math.min(orders.size(), from + BATCH)));
        }
    }

    private void write(String things, int first, List<Map<String, Object>> items) {
        var answer = shop.client()
                .done(Request.bulk(
                        "bulk",
                        things + " from " + first,
                        shop.name() + "-" + things + "-" + first,
                        "/api/customer/v1/" + things + "/batch",
                        Map.of("items", items, "backfill", true)));
        if (answer.path("created").asInt() != items.size()) {
            throw new IllegalStateException(
                    "of " + items.size() + " " + things + " these were refused: " + refused(answer));
        }
    }

    private static String refused(JsonNode answer) {
        for (var item : answer.path("items")) {
            if (item.path("status").asText().equals("rejected")) {
                return item.toString();
            }
        }
        return "none, but they were there before";
    }

    private interface Batch {
        void write(int first, int last);
    }

    private void inBatches(int size, Batch batch) {
        IntFunction<Runnable> of = first -> () -> batch.write(first, Math.min(buyers.count(), first + size));
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var running = new ArrayList<Future<?>>();
            for (var first = 0; first < buyers.count(); first += size) {
                running.add(clients.submit(of.apply(first)));
            }
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the shop could not be filled", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
