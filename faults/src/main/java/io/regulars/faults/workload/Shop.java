package io.regulars.faults.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

import io.regulars.faults.rig.Api;
import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Pause;
import io.regulars.faults.rig.Rig;

/// A merchant of the workload. Two of them use the same ids of their own for different people, so that a crossing
/// shows.
///
/// @param number tells its people's addresses and phones apart from all other shops'
/// @param campaigns public ids by what they are for: `tier`, `sleep`, `window`, `broadcast`
/// @param guardrails as the shop set them
public record Shop(
        String name,
        int number,
        int merchantId,
        Api client,
        Api owner,
        List<String> customers,
        Map<String, String> campaigns,
        Map<String, String> coupons,
        Map<String, Object> guardrails) {

    private static final List<String> ZONES = List.of(
            "Asia/Shanghai",
            "Europe/Berlin",
            "America/New_York",
            "Pacific/Auckland",
            "America/Los_Angeles",
            "Asia/Kolkata");

    /// Opens a shop with its people, its goods and its rules, and waits until campaigns know it.
    static Shop open(Rig rig, String name, int number, int people, Map<String, Object> guardrails) {
        var customers = new ArrayList<String>();
        for (var i = 1; i <= people; i++) {
            customers.add("u-" + i);
        }
        var shop = found(rig, name, number, customers, guardrails);
        shop.goods();
        shop.people();
        shop.rules();
        return shop;
    }

    /// A shop that has nobody and nothing yet.
    ///
    /// @param customers who are to be its people
    public static Shop found(Rig rig, String name, int number, List<String> customers, Map<String, Object> guardrails) {
        var email = "owner-" + name + "@faults.example";
        var password = "faults-password-" + number;
        var operator = new Api(
                rig::gateway,
                Api.client("operator", rig.system().secrets().operator()),
                "operator",
                rig.log(),
                rig.clock());
        var made = operator.done(Request.post(
                "merchant",
                name,
                "merchant-" + name,
                "/api/customer/v1/merchants",
                Map.of(
                        "name",
                        name,
                        "timeZone",
                        "Asia/Shanghai",
                        "currency",
                        "CNY",
                        "locale",
                        "zh-CN",
                        "owner",
                        Map.of("email", email, "password", password, "name", "Owner " + number))));
        var clientId = made.path("client").path("clientId").asText();
        return new Shop(
                name,
                number,
                merchant(rig, clientId),
                new Api(
                        rig::gateway,
                        Api.client(
                                clientId,
                                made.path("client").path("clientSecret").asText()),
                        name,
                        rig.log(),
                        rig.clock()),
                new Api(rig::gateway, Api.user(email, password), name, rig.log(), rig.clock()),
                List.copyOf(customers),
                new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>(),
                guardrails);
    }

    private static int merchant(Rig rig, String clientId) {
        try (var databases = rig.databases()) {
            return (int)
                    databases.customer().number("select merchant_id from api_client where client_id = ?", clientId);
        }
    }

    public void goods() {
        product("WIPES", 10);
        product("MILK", 20);
        product("STROLLER", null);
    }

    private void product(String code, Integer lastsDays) {
        var product = new HashMap<String, Object>(Map.of("code", code, "name", "商品 " + code, "category", "母婴"));
        if (lastsDays != null) {
            product.put("lastsDays", lastsDays);
        }
        client.done(Request.post("product", code, name + "-product-" + code, "/api/customer/v1/products", product));
    }

    private void people() {
        var items = new ArrayList<Map<String, Object>>();
        customers.forEach(id -> items.add(person(id)));
        client.done(Request.post(
                "customers", "all", name + "-customers", "/api/customer/v1/customers/batch", Map.of("items", items)));
    }

    /// A customer as they are first told of.
    public Map<String, Object> person(String id) {
        return Map.of(
                "externalId",
                id,
                "name",
                "张" + name,
                "phone",
                phone(id),
                "email",
                email(id),
                "timeZone",
                ZONES.get(number(id) % ZONES.size()),
                "consents",
                Map.of("sms", true, "email", true, "inbox", true));
    }

    /// Campaigns hear of the shop and its people by way of Kafka.
    private void rules() {
        guardrail();
        awaitPeople(Duration.ofSeconds(60));
    }

    /// Sets the guardrails, as soon as campaigns have heard of the shop.
    public void guardrail() {
        var known = Pause.until(Duration.ofSeconds(60), () -> {
            var request = new Request("guardrails", name, null, "PUT", "/api/campaign/v1/guardrails", guardrails);
            return owner.call(request).accepted();
        });
        if (!known) {
            throw new IllegalStateException("campaigns did not hear of shop " + name);
        }
    }

    /// Until campaigns know all customers, and what tier they are in.
    public void awaitPeople(Duration patience) {
        var audience = Pause.until(
                patience,
                () -> owner.done(Request.post(
                                        "count",
                                        name,
                                        null,
                                        "/api/campaign/v1/audiences/count",
                                        Map.of("condition", Map.of("field", "tier", "op", "known"))))
                                .path("customers")
                                .asInt()
                        == customers.size());
        if (!audience) {
            throw new IllegalStateException("campaigns did not hear of the people of shop " + name);
        }
    }

    /// Makes a campaign and switches it on.
    void campaign(String use, Map<String, Object> trigger, List<Map<String, Object>> steps) {
        campaigns.put(use, draft(use, trigger, steps));
        activate(use);
    }

    void tryCampaign(String use, Map<String, Object> trigger, List<Map<String, Object>> steps) {
        var saved = owner.call(saving(use, trigger, steps));
        if (saved.accepted()) {
            campaigns.put(use, saved.answer().path("id").asText());
            owner.call(activation(use));
        }
    }

    String draft(String use, Map<String, Object> trigger, List<Map<String, Object>> steps) {
        return owner.done(saving(use, trigger, steps)).path("id").asText();
    }

    void activate(String use) {
        owner.done(activation(use));
    }

    private Request saving(String use, Map<String, Object> trigger, List<Map<String, Object>> steps) {
        return Request.post(
                "campaign",
                use,
                name + "-campaign-" + use,
                "/api/campaign/v1/campaigns",
                Map.of("name", use, "trigger", trigger, "steps", steps));
    }

    private Request activation(String use) {
        return Request.post(
                "activate",
                use,
                name + "-activate-" + use,
                "/api/campaign/v1/campaigns/" + campaigns.get(use) + "/activate",
                Map.of());
    }

    void coupon(String use, int stock) {
        coupons.put(
                use,
                owner.done(Request.post(
                                "coupon",
                                use,
                                name + "-coupon-" + use,
                                "/api/campaign/v1/coupons",
                                Map.of("name", use, "kind", "percent", "percentOff", "10", "stock", stock)))
                        .path("id")
                        .asText());
    }

    /// Many orders of one customer in one request; logged one by one, as the answer tells of each.
    void manyOrders(Rig rig, Random random, String prefix, int count) {
        var orders = new ArrayList<Map<String, Object>>();
        var now = rig.clock().instant();
        for (var i = 0; i < count; i++) {
            var at = now.minus(Duration.ofMinutes(10 + random.nextInt(300 * 24 * 60)));
            orders.add(Map.of(
                    "externalId",
                    prefix + "-" + i,
                    "customerId",
                    "ext:" + customers.getFirst(),
                    "status",
                    "paid",
                    "orderedAt",
                    at.toString(),
                    "updatedAt",
                    at.toString(),
                    "lines",
                    List.of(Map.of("productCode", "MILK", "quantity", 1, "unitPrice", "12.50"))));
        }
        client.batch(
                Request.post("orders", prefix, prefix, "/api/customer/v1/orders/batch", Map.of("items", orders)),
                "order");
    }

    static int number(String customer) {
        return Integer.parseInt(customer.replaceAll("\\D", ""));
    }

    public String phone(String customer) {
        return "+86138%03d%05d".formatted(number, number(customer));
    }

    public String email(String customer) {
        return customer + "@shop" + number + ".example";
    }

    /// A customer who wants no messages over the channel any more.
    public static Request withdrawal(String customer, String channel, Instant at) {
        return new Request(
                "consent",
                customer + "/" + channel,
                null,
                "PUT",
                "/api/customer/v1/customers/ext:" + customer + "/consents",
                Map.of(channel, Map.of("granted", false, "at", at.toString())));
    }
}
