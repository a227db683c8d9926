package io.regulars.local.demo;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.regulars.local.api.ApiClient;
import io.regulars.local.api.ApiException;

/// How far the services have come with what they were sent, asked through the public API.
final class Standing {

    private static final int CONFLICT = 409;
    private static final List<String> SENT = List.of("sent", "delivered", "opened", "clicked");

    private final ApiClient owner;

    Standing(ApiClient owner) {
        this.owner = owner;
    }

    long scoredCustomers() {
        return sumOverTiers("customers");
    }

    /// Orders in the scoring model's window.
    long scoredOrders() {
        return sumOverTiers("orders");
    }

    long audience() {
        return audience("tier");
    }

    long audienceThatBought() {
        return audience("lastOrderDay");
    }

    long channelsThatSent() {
        var counts = owner.get("/api/campaign/v1/messages/counts");
        return List.of("sms", "email", "inbox").stream()
                .filter(channel -> SENT.stream()
                        .anyMatch(state -> counts.path(channel).path(state).asLong() > 0))
                .count();
    }

    private long sumOverTiers(String field) {
        return zeroWhileUnknown(() -> {
            var sum = 0L;
            for (var tier : owner.get("/api/scoring/v1/reports/tiers").path("tiers")) {
                sum += tier.path(field).asLong();
            }
            return sum;
        });
    }

    private long audience(String knownField) {
        var condition = Map.of("condition", Map.of("field", knownField, "op", "known"));
        return zeroWhileUnknown(() -> owner.post("/api/campaign/v1/audiences/count", condition)
                .path("customers")
                .asLong());
    }

    /// A service answers with a conflict until it has heard of the shop.
    private static long zeroWhileUnknown(LongSupplier count) {
        try {
            return count.getAsLong();
        } catch (ApiException e) {
            if (e.status() == CONFLICT) {
                return 0;
            }
            throw e;
        }
    }
}
