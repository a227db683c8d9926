package io.regulars.faults.day;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Bulk;
import io.regulars.faults.workload.Shop;

/// Fills a shop as a merchant would who moves in: goods, people, history, over the bulk API.
final class Filling {

    private static final int BATCH = 1_000;
    private static final int CUSTOMERS_A_BATCH_OF_ORDERS = 350;
    private static final List<String> PLAYBOOKS =
            List.of("tier-change-notice", "sleeping-wake-up", "repurchase-reminder");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Rig rig;
    private final Shop shop;
    private final Buyers buyers;
    private final Bulk bulk;

    Filling(Rig rig, Shop shop, Buyers buyers) {
        this.rig = rig;
        this.shop = shop;
        this.buyers = buyers;
        this.bulk = new Bulk(shop);
    }

    void run() {
        shop.goods();
        shop.guardrail();
        timed("customers", () -> Bulk.inBatches(buyers.count(), BATCH, this::people));
        timed("campaigns know them", () -> shop.awaitPeople(PATIENCE));
        // Before the history comes: that must write to nobody.
        PLAYBOOKS.forEach(this::switchOn);
        timed("orders", () -> Bulk.inBatches(buyers.count(), CUSTOMERS_A_BATCH_OF_ORDERS, this::history));
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
        bulk.write(
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
            bulk.write("orders", first + from, orders.subList(from, Math.min(orders.size(), from + BATCH)));
        }
    }
}
