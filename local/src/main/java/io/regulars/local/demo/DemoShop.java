package io.regulars.local.demo;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.local.api.ApiClient;
import io.regulars.local.api.BatchResult;
import io.regulars.local.demo.shop.Order;
import io.regulars.local.demo.shop.Shop;
import io.regulars.local.demo.shop.ShopGenerator;

/// Fills an empty system with the demo shop: two years of history as backfill, then, with the playbooks on, the last
/// days as they would come in, so that tiers change and messages go out.
public final class DemoShop {

    private static final String OWNER = "owner@demo.example";
    private static final String GUARDRAILS = "/api/campaign/v1/guardrails";
    private static final Duration STILL = Duration.ofSeconds(90);
    private static final Duration MESSAGES_WITHIN = Duration.ofSeconds(45);

    private final URI gateway;
    private final String operatorSecret;
    private final Clock clock;
    private final long seed;
    private final Consumer<String> progress;
    private final Patience patience;

    public DemoShop(URI gateway, String operatorSecret, Clock clock, long seed, Consumer<String> progress) {
        this.gateway = gateway;
        this.operatorSecret = operatorSecret;
        this.clock = clock;
        this.seed = seed;
        this.progress = progress;
        this.patience = new Patience(progress);
    }

    public DemoCredentials fill() throws Exception {
        var shop = ShopGenerator.generate(seed, clock.instant());
        var credentials = merchant();
        var client = ApiClient.client(gateway, credentials.clientId(), credentials.clientSecret());
        var owner = ApiClient.user(gateway, credentials.ownerEmail(), credentials.ownerPassword());

        history(client, shop);
        awaitScores(owner, shop);
        campaigns(owner);
        lastDays(client, shop);
        awaitMessages(owner);
        return credentials;
    }

    private DemoCredentials merchant() {
        var password = password();
        var merchant = ApiClient.operator(gateway, operatorSecret)
                .post(
                        "/api/customer/v1/merchants",
                        Map.of(
                                "name", "小鹿母婴生活馆",
                                "timeZone", ShopGenerator.ZONE.getId(),
                                "currency", "CNY",
                                "locale", "zh-CN",
                                "owner", Map.of("email", OWNER, "password", password, "name", "演示店主")));
        return new DemoCredentials(
                merchant.path("id").asText(),
                OWNER,
                password,
                merchant.path("client").path("clientId").asText(),
                merchant.path("client").path("clientSecret").asText());
    }

    private void history(ApiClient client, Shop shop) {
        var orders = history(shop).toList();
        var interactions =
                shop.interactions().stream().filter(did -> !shop.live(did.at())).toList();
        send(client, "products", shop.products().stream().map(Push::product).toList(), false);
        send(client, "customers", shop.customers().stream().map(Push::customer).toList(), false);
        send(client, "orders", Push.atLast(orders), true);
        send(
                client,
                "interactions",
                interactions.stream().map(Push::interaction).toList(),
                true);
    }

    /// Campaigns look at the scores that history led to, so all of these have to be there first.
    private void awaitScores(ApiClient owner, Shop shop) throws InterruptedException {
        var customers = shop.customers().size();
        var standing = new Standing(owner);
        if (!patience.reaches("customers scored", customers, STILL, standing::scoredCustomers)
                || !patience.reaches("orders scored", ordersToScore(shop), STILL, standing::scoredOrders)
                || !patience.reaches("customers in the audience", customers, STILL, standing::audience)
                || !patience.reaches("buyers in the audience", buyers(shop), STILL, standing::audienceThatBought)) {
            throw new IllegalStateException(
                    "the demo shop was not scored: no progress for " + STILL.toSeconds() + " s");
        }
    }

    /// A model counts orders over a window of a year at most; those near its edge are left out of the reckoning.
    private long ordersToScore(Shop shop) {
        var from = clock.instant().minus(Duration.ofDays(360));
        return history(shop)
                .filter(order -> order.counts() && order.orderedAt().isAfter(from))
                .count();
    }

    private static long buyers(Shop shop) {
        return history(shop)
                .filter(Order::counts)
                .map(Order::customerId)
                .distinct()
                .count();
    }

    private static Stream<Order> history(Shop shop) {
        return shop.orders().stream().filter(order -> !shop.live(order.orderedAt()));
    }

    private void campaigns(ApiClient owner) {
        progress.accept("switching on three playbooks");
        withoutQuietHours(owner);
        for (var playbook : List.of("sleeping-wake-up", "repurchase-reminder")) {
            owner.post(playbookPath(playbook), Map.of("includeExisting", true));
        }
        owner.post(playbookPath("tier-change-notice"), Map.of());
    }

    /// A demo is tried at any hour, and its messages go to a sandbox only; the caps stay as they are.
    private static void withoutQuietHours(ApiClient owner) {
        var guardrails = (ObjectNode) owner.get(GUARDRAILS);
        owner.put(GUARDRAILS, guardrails.without("quietHours"));
    }

    /// New orders first as paid, then in the state they have reached since.
    private void lastDays(ApiClient client, Shop shop) {
        var orders = shop.orders().stream()
                .filter(order -> shop.live(order.orderedAt()))
                .toList();
        var moved = orders.stream().filter(order -> order.history().size() > 1).toList();
        var interactions =
                shop.interactions().stream().filter(did -> shop.live(did.at())).toList();
        send(client, "orders", Push.atFirst(orders), false);
        send(client, "orders", Push.atLast(moved), false);
        send(
                client,
                "interactions",
                interactions.stream().map(Push::interaction).toList(),
                false);
    }

    /// Not to have seen a message yet is no failure: they come as they come.
    private void awaitMessages(ApiClient owner) throws InterruptedException {
        if (!patience.reaches("channels with messages", 3, MESSAGES_WITHIN, new Standing(owner)::channelsThatSent)) {
            progress.accept("messages are still on their way; ./regulars status counts them");
        }
    }

    private void send(ApiClient client, String things, List<Map<String, Object>> items, boolean backfill) {
        var path = "/api/customer/v1/" + things + "/batch";
        var result = client.postAll(path, items, backfill, sent -> {
            if (sent % 5_000 == 0 || sent == items.size()) {
                progress.accept("%s: %,d of %,d".formatted(things, sent, items.size()));
            }
        });
        refuseRejections(things, result);
    }

    private static void refuseRejections(String things, BatchResult result) {
        if (result.rejected() > 0) {
            throw new IllegalStateException("%d of the demo shop's %s were rejected: %s"
                    .formatted(result.rejected(), things, result.problems()));
        }
    }

    private static String playbookPath(String playbook) {
        return "/api/campaign/v1/playbooks/" + playbook + "/campaigns";
    }

    private static String password() {
        var bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return "demo-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
