package io.regulars.local.journey;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.local.api.ApiException;

/// What one merchant has: an id of each kind, and all of it as it stands.
///
/// @param ids by the path segment that they stand behind
/// @param state what each list shows
record Things(Map<String, String> ids, Map<String, String> state) {

    private static final Map<String, List<String>> LISTS = Map.of(
            "customer",
                    List.of(
                            "customers",
                            "orders",
                            "products",
                            "interactions",
                            "returns",
                            "imports",
                            "users",
                            "clients"),
            "scoring", List.of("scores", "models", "recomputes"),
            "campaign", List.of("campaigns", "coupons", "messages", "decisions"));
    private static final Set<String> SETTINGS =
            Set.of("/api/customer/v1/merchant", "/api/campaign/v1/guardrails", "/api/customer/v1/customers/counts");

    static Things of(TestShop shop) {
        var ids = new TreeMap<String, String>();
        var state = new TreeMap<String, String>();
        LISTS.forEach((service, lists) -> lists.forEach(list -> {
            var path = "/api/" + service + "/v1/" + list;
            try {
                var items = shop.owner().get(path).path("items");
                if (!service.equals("scoring") || list.equals("models")) {
                    // Scores and recomputes move by themselves.
                    state.put(path, items.toString());
                }
                // The latest, where numbers are each merchant's own: the stranger has not come so far.
                items.valueStream()
                        .map(Things::id)
                        .max(Comparator.naturalOrder())
                        .ifPresent(id -> ids.put(list, id));
            } catch (ApiException e) {
                // Not every kind has a list; what has none is named through another's id.
                state.put(path, Integer.toString(e.status()));
            }
        }));
        SETTINGS.forEach(path -> state.put(path, shop.owner().get(path).toString()));
        for (var ofCustomer : List.of("scores", "forecasts", "inbox", "points")) {
            ids.put(ofCustomer, ids.get("customers"));
        }
        return new Things(ids, state);
    }

    private static String id(JsonNode item) {
        for (var name : List.of("id", "customerId", "code", "clientId")) {
            if (item.hasNonNull(name)) {
                return item.path(name).asText();
            }
        }
        return item.path("externalId").asText();
    }
}
