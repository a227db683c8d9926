package io.regulars.faults.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Operation;
import io.regulars.faults.rig.Rig;

/// Two shops at work at the same time, both drawn from one seed.
public final class Workload {

    private static final int PEOPLE = 36;
    private static final int ORDER_CLIENTS = 2;

    /// The service keeps them for 24 hours.
    private static final Duration KEYS_LAST = Duration.ofHours(23);

    private final Rig rig;
    private long seed;
    private final String name;
    private String part = "";
    private long began;
    private final List<Shop> shops = new ArrayList<>();
    private final List<Future<?>> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private CountDownLatch over = new CountDownLatch(1);
    private int flashes;
    private int turns;
    private int batches;
    private volatile int slower = 1;

    /// @param name tells this round's shops apart
    /// @param number of this round among all of the run
    public Workload(Rig rig, long seed, String name, int number) {
        this.rig = rig;
        this.seed = seed;
        this.name = name;
        rig.turnPage();
        shops.add(Shop.open(rig, name + "a", 2 * number, PEOPLE, capped()));
        shops.add(Shop.open(rig, name + "b", 2 * number + 1, PEOPLE, quiet()));
        shops.forEach(Workload::campaigns);
    }

    private static Map<String, Object> capped() {
        return Map.of(
                "caps",
                List.of(
                        Map.of("channel", "sms", "max", 3, "per", "P1D"),
                        Map.of("channel", "all", "max", 8, "per", "P1D")));
    }

    private static Map<String, Object> quiet() {
        return Map.of("quietHours", Map.of("channels", List.of("sms"), "from", "22:00", "to", "08:00"));
    }

    private static void campaigns(Shop shop) {
        shop.coupon("bargain", 5_000);
        shop.coupon("scarce", 12);
        shop.coupon("broadcast", PEOPLE - 6);
        var sms = Map.<String, Object>of(
                "type", "send", "channel", "sms", "template", Map.of("text", "{shop.name} {customer.tier}"));
        var inbox = Map.<String, Object>of(
                "type", "send", "channel", "inbox", "template", Map.of("text", "{shop.name} {customer.tier}"));
        shop.campaign(
                "tier",
                Map.of("type", "tier-changed", "direction", "up"),
                List.of(sms, email("{customer.tier}"), inbox));
        shop.campaign("sleep", Map.of("type", "fell-asleep"), List.of(email("好久不见"), inbox));
        shop.campaign(
                "window",
                Map.of("type", "repurchase-window-opened"),
                List.of(
                        Map.of("type", "send", "channel", "sms", "template", Map.of("text", "{product.name}")),
                        email("{product.name}")));
        shop.campaigns()
                .put(
                        "broadcast",
                        shop.draft(
                                "broadcast",
                                Map.of("type", "broadcast"),
                                List.of(
                                        Map.of(
                                                "type",
                                                "issue-coupon",
                                                "coupon",
                                                shop.coupons().get("broadcast")),
                                        email("{coupon.code}"))));
    }

    private static Map<String, Object> email(String subject) {
        return Map.of(
                "type",
                "send",
                "channel",
                "email",
                "template",
                Map.of("subject", subject, "text", "{shop.name}: " + subject));
    }

    public List<Shop> shops() {
        return List.copyOf(shops);
    }

    public void start() {
        over = new CountDownLatch(1);
        slower = 1;
        began = rig.log().next();
        var prefix = name + part;
        for (var shop : shops) {
            for (var i = 0; i < ORDER_CLIENTS; i++) {
                var first = i;
                var orders = new Orders(
                        rig,
                        shop,
                        shop.customers().stream()
                                .filter(customer -> Shop.number(customer) % ORDER_CLIENTS == first)
                                .toList(),
                        random(shop, "orders" + i),
                        "T" + prefix + i);
                run(orders::step, random(shop, "pace" + i), 40);
            }
            var visitors = new Visitors(rig, shop, random(shop, "visitors"), "V" + prefix);
            run(visitors::step, random(shop, "visitors' pace"), 120);
            var bargains = new Bargains(shop, random(shop, "bargains"), "B" + prefix, threads);
            run(bargains::step, random(shop, "bargains' pace"), 400);
            var recomputes = new int[1];
            run(() -> recompute(shop, prefix + "-" + ++recomputes[0]), random(shop, "recomputes"), 3_000);
        }
    }

    /// The same shops go on with other operations.
    ///
    /// @param of unique among the parts of this workload
    public void startPart(long partSeed, String of) {
        seed = partSeed;
        part = of;
        start();
    }

    /// From here on clients wait so many times as long between their operations, until a part begins anew.
    public void slowDown(int times) {
        slower = times;
    }

    private void run(Runnable step, Random pace, int millis) {
        var working = over;
        clients.add(threads.submit(() -> {
            while (working.getCount() > 0) {
                step.run();
                working.await((long) slower * (millis / 2 + pace.nextInt(millis)), TimeUnit.MILLISECONDS);
            }
            return null;
        }));
    }

    private void recompute(Shop shop, String number) {
        shop.owner()
                .call(Request.post(
                        "recompute",
                        "all",
                        "recompute-" + number,
                        "/api/scoring/v1/recomputes",
                        Map.of("rebuild", true)));
    }

    /// Writes to everybody who is there, once.
    public void broadcast() {
        shops.forEach(shop -> shop.activate("broadcast"));
    }

    /// One more broadcast on every channel; it stays away where campaigns do not answer.
    public void flash() {
        var use = "flash" + ++flashes;
        var inbox = Map.<String, Object>of(
                "type", "send", "channel", "inbox", "template", Map.of("text", "{shop.name} " + use));
        var sms = Map.<String, Object>of(
                "type", "send", "channel", "sms", "template", Map.of("text", "{shop.name} " + use));
        shops.forEach(shop -> shop.tryCampaign(use, Map.of("type", "broadcast"), List.of(inbox, sms, email(use))));
    }

    /// The largest order that the API takes: as many lines as it allows, each with the longest names.
    public void giantOrder() {
        var shop = shops.getFirst();
        var now = rig.clock().instant();
        var line = Map.<String, Object>of(
                "productName", "商".repeat(300), "category", "类".repeat(200), "quantity", 1, "unitPrice", "0.01");
        shop.client()
                .call(Request.post(
                        "order",
                        "giant-" + name,
                        "giant-" + name,
                        "/api/customer/v1/orders",
                        Map.of(
                                "externalId",
                                "giant-" + name,
                                "customerId",
                                "ext:" + shop.customers().getFirst(),
                                "status",
                                "paid",
                                "orderedAt",
                                now.minusSeconds(600).toString(),
                                "updatedAt",
                                now.minusSeconds(600).toString(),
                                "lines",
                                Collections.nCopies(2_000, line))));
    }

    /// A batch of orders of the first shop's first customer.
    public void manyOrders(Random random, int count) {
        batches++;
        shops.getFirst().manyOrders(rig, random, "M" + name + "-" + batches, count);
    }

    public void pauseBroadcast() {
        tellBroadcast("pause");
    }

    public void resumeBroadcast() {
        tellBroadcast("resume");
    }

    private void tellBroadcast(String verb) {
        turns++;
        shops.forEach(shop -> shop.owner()
                .done(Request.post(
                        verb,
                        "broadcast",
                        shop.name() + "-" + verb + turns,
                        "/api/campaign/v1/campaigns/" + shop.campaigns().get("broadcast") + "/" + verb,
                        Map.of())));
    }

    /// Some customers of each shop want no e-mail any more.
    public void unsubscribeSome(Random random) {
        for (var shop : shops) {
            for (var i = 0; i < 3; i++) {
                var customer =
                        shop.customers().get(random.nextInt(shop.customers().size()));
                shop.client()
                        .done(Shop.withdrawal(customer, "email", rig.clock().instant()));
            }
        }
    }

    /// No new operations; waits for those under way.
    public void stop() {
        over.countDown();
        for (var client : clients) {
            try {
                client.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client of the workload broke", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        clients.clear();
    }

    /// Some of the requests since the start with the same keys once more, as from systems that lost our answers.
    public void repeatAnswered(int most) {
        var keysSince = rig.clock().instant().minus(KEYS_LAST);
        var mine = rig.log().operations().stream()
                .filter(operation ->
                        operation.number() > began && operation.answeredAt().isAfter(keysSince))
                .filter(operation -> operation.key() != null && operation.accepted())
                .filter(operation ->
                        List.of("order", "interaction", "redeem", "issue").contains(operation.kind()))
                .filter(operation -> shops.stream().anyMatch(shop -> shop.name().equals(operation.shop())))
                .toList();
        var random = new Random(seed);
        IntStream.range(0, Math.min(most, mine.size()))
                .mapToObj(i -> mine.get(random.nextInt(mine.size())))
                .distinct()
                .forEach(this::repeat);
    }

    private void repeat(Operation operation) {
        var shop = shops.stream()
                .filter(one -> one.name().equals(operation.shop()))
                .findFirst()
                .orElseThrow();
        var api = operation.kind().equals("issue") ? shop.owner() : shop.client();
        api.call(Request.post(
                "repeat " + operation.kind(), operation.thing(), operation.key(), operation.path(), operation.body()));
    }

    private Random random(Shop shop, String of) {
        return new Random(seed * 31 + (shop.name().charAt(shop.name().length() - 1) + of).hashCode());
    }
}
