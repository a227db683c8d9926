package io.regulars.faults.day;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;

/// What happens in an hour: orders, some who want no messages any more, and readers of their inbox.
final class Hour {

    private static final int CLIENTS = 4;
    private static final List<String> CHANNELS = List.of("sms", "email", "inbox");

    /// Of so many customers one orders, one unsubscribes, one reads in an hour.
    private static final int ORDERS = 250;

    private static final int UNSUBSCRIBES = 1_000;
    private static final int READS = 500;

    private final Rig rig;
    private final Shop shop;
    private final Buyers buyers;
    private final int hour;
    private final Map<String, Buyers.Bought> bought = new HashMap<>();
    private int read;

    Hour(Rig rig, Shop shop, Buyers buyers, int hour) {
        this.rig = rig;
        this.shop = shop;
        this.buyers = buyers;
        this.hour = hour;
    }

    /// @return what was bought, by the order's id
    Map<String, Buyers.Bought> work() {
        var random = new SplittableRandom(buyers.seed() * 7_919 + hour);
        for (var i = 0; i < share(ORDERS); i++) {
            var order = buyers.boughtNow("D-" + hour + "-" + i, rig.clock().instant(), random.split());
            bought.put(order.id(), order);
        }
        inParallel(bought.values().stream()
                .<Runnable>map(order -> () -> buy(order))
                .toList());
        inParallel(IntStream.range(0, share(UNSUBSCRIBES))
                .mapToObj(i -> unsubscribe(anybody(random), CHANNELS.get(random.nextInt(CHANNELS.size()))))
                .toList());
        IntStream.range(0, share(READS)).forEach(i -> readInbox(anybody(random)));
        return bought;
    }

    /// How many letters were found in the inboxes that were looked into.
    int read() {
        return read;
    }

    private int share(int of) {
        return Math.max(1, buyers.count() / of);
    }

    private String anybody(SplittableRandom random) {
        return Buyers.customer(random.nextInt(buyers.count()));
    }

    private void buy(Buyers.Bought order) {
        shop.client()
                .done(Request.post("order", order.id(), "key-" + order.id(), "/api/customer/v1/orders", order.json()));
    }

    private Runnable unsubscribe(String customer, String channel) {
        return () -> shop.client()
                .done(Shop.withdrawal(customer, channel, rig.clock().instant()));
    }

    private void readInbox(String customer) {
        var inbox = "/api/campaign/v1/inbox/ext:" + customer + "/messages";
        var letters = shop.client().get(inbox + "?unread=true").path("items").size();
        if (letters > 0) {
            read += letters;
            shop.client()
                    .done(Request.post("read", customer, "read-" + hour + "-" + customer, inbox + "/read", Map.of()));
        }
    }

    private static void inParallel(List<Runnable> work) {
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var running = work.stream().map(clients::submit).toList();
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client of the day broke", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
