package io.regulars.local.journey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.local.api.ApiClient;
import io.regulars.local.api.ApiException;

/// A merchant of the system under test, as its systems and its owner see it.
///
/// @param client with the role of an integration
/// @param owner with the role of an owner
/// @param clientToken a bearer token as `client` uses it
/// @param ownerToken a bearer token as `owner` uses it
/// @param number tells the shops' customers apart in the sandboxes
record TestShop(ApiClient client, ApiClient owner, int number, String clientToken, String ownerToken) {

    private static final Map<String, Boolean> ALL_CHANNELS = Map.of("sms", true, "email", true, "inbox", true);

    /// The settings reach campaign-service by way of Kafka; before that it knows no such merchant.
    void liftGuardrails() {
        Waiting.until(() -> {
            try {
                owner.put("/api/campaign/v1/guardrails", Map.of());
                return true;
            } catch (ApiException e) {
                if (e.status() == 0 || e.status() >= 500) {
                    throw e;
                }
                return false;
            }
        });
    }

    void product(String code, Integer lastsDays) {
        var product = new HashMap<String, Object>(Map.of("code", code, "name", "婴儿湿巾 " + code, "category", "湿巾"));
        if (lastsDays != null) {
            product.put("lastsDays", lastsDays);
        }
        client.post("/api/customer/v1/products", product);
    }

    /// Records customers who allow every channel and waits until they are scored and known to campaigns.
    void customers(List<String> externalIds) {
        var items = new ArrayList<Map<String, Object>>();
        for (var id : externalIds) {
            items.add(Map.of(
                    "externalId", id, "name", "张小红", "phone", phone(id), "email", email(id), "consents", ALL_CHANNELS));
        }
        client.postAll("/api/customer/v1/customers/batch", items, false, sent -> {});
        Waiting.until(() -> audience() >= externalIds.size());
    }

    long audience() {
        return owner.post(
                        "/api/campaign/v1/audiences/count", Map.of("condition", Map.of("field", "tier", "op", "known")))
                .path("customers")
                .asLong();
    }

    JsonNode order(String externalId, String customer, String unitPrice, String product, Instant at) {
        return client.post("/api/customer/v1/orders", orderBody(externalId, customer, unitPrice, product, at));
    }

    static Map<String, Object> orderBody(
            String externalId, String customer, String unitPrice, String product, Instant at) {
        return Map.of(
                "externalId",
                externalId,
                "customerId",
                "ext:" + customer,
                "status",
                "paid",
                "orderedAt",
                at.toString(),
                "lines",
                List.of(Map.of("productCode", product, "quantity", 1, "unitPrice", unitPrice)));
    }

    /// Switches on a campaign with these steps.
    String activate(Map<String, Object> trigger, List<Map<String, Object>> steps) {
        var campaign =
                owner.post("/api/campaign/v1/campaigns", Map.of("name", "journey", "trigger", trigger, "steps", steps));
        var id = campaign.path("id").asText();
        owner.post("/api/campaign/v1/campaigns/" + id + "/activate", Map.of());
        return id;
    }

    static Map<String, Object> sms(String text) {
        return Map.of("type", "send", "channel", "sms", "template", Map.of("text", text));
    }

    static Map<String, Object> email(String subject, String text) {
        return Map.of("type", "send", "channel", "email", "template", Map.of("subject", subject, "text", text));
    }

    static Map<String, Object> inbox(String text) {
        return Map.of("type", "send", "channel", "inbox", "template", Map.of("text", text));
    }

    JsonNode score(String customer) {
        for (var score : owner.get("/api/scoring/v1/scores?limit=1000").path("items")) {
            if (score.path("externalId").asText().equals(customer)) {
                return score;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    String tier(String customer) {
        return score(customer).path("tier").asText();
    }

    JsonNode inbox(String customer, int limit) {
        return client.get("/api/campaign/v1/inbox/ext:" + customer + "/messages?limit=" + limit)
                .path("items");
    }

    /// A mobile number that no other customer of any shop has; customers' ids end in a number.
    String phone(String customer) {
        return "+86138%03d%05d".formatted(number, Integer.parseInt(customer.replaceAll("\\D", "")));
    }

    String email(String customer) {
        return customer + "@shop" + number + ".example";
    }
}
