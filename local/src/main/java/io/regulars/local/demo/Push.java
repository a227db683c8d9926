package io.regulars.local.demo;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.regulars.local.demo.shop.Customer;
import io.regulars.local.demo.shop.Interaction;
import io.regulars.local.demo.shop.Order;
import io.regulars.local.demo.shop.Product;

/// The shop's things as the public API takes them.
final class Push {

    private Push() {}

    static Map<String, Object> product(Product product) {
        var json = new LinkedHashMap<String, Object>();
        json.put("code", product.code());
        json.put("name", product.name());
        json.put("category", product.category());
        json.put("price", yuan(product.price()));
        json.put("lastsDays", product.lastsDays());
        json.put("relatedCodes", product.relatedCodes());
        return json;
    }

    static Map<String, Object> customer(Customer customer) {
        var json = new LinkedHashMap<String, Object>();
        json.put("externalId", customer.externalId());
        json.put("name", customer.name());
        json.put("gender", customer.gender());
        json.put("birthday", customer.birthday());
        json.put("region", customer.region());
        json.put("city", customer.city());
        json.put("language", "zh-CN");
        json.put("phone", customer.phone());
        json.put("email", customer.email());
        json.put("identities", customer.identities());
        json.put("tags", customer.tags());
        json.put("attributes", customer.attributes());
        json.put("needType", customer.needType());
        json.put("interests", customer.interests());
        json.put("consents", customer.consents());
        return json;
    }

    /// The order as it stood after one of its changes.
    static Map<String, Object> order(Order order, Order.Change change) {
        var json = new LinkedHashMap<String, Object>();
        json.put("externalId", order.externalId());
        json.put("customerId", "ext:" + order.customerId());
        json.put("status", change.status());
        json.put("orderedAt", order.orderedAt());
        json.put("updatedAt", change.at());
        json.put("channel", order.channel());
        json.put("bigPromotion", order.bigPromotion());
        json.put("lines", order.lines().stream().map(Push::line).toList());
        if (change.refundedAmount() > 0) {
            json.put("refundedAmount", yuan(change.refundedAmount()));
        }
        return json;
    }

    static Map<String, Object> interaction(Interaction interaction) {
        var json = new LinkedHashMap<String, Object>();
        json.put("externalId", interaction.externalId());
        json.put("customerId", "ext:" + interaction.customerId());
        json.put("kind", interaction.kind());
        json.put("at", interaction.at());
        json.put("rating", interaction.rating());
        json.put("subject", interaction.subject());
        return json;
    }

    /// As the API writes money: never through a floating-point number.
    static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static Map<String, Object> line(Order.Line line) {
        return Map.of(
                "productCode", line.product().code(),
                "productName", line.product().name(),
                "category", line.product().category(),
                "quantity", line.quantity(),
                "unitPrice", yuan(line.product().price()),
                "discount", yuan(line.discount()));
    }

    static List<Map<String, Object>> atLast(List<Order> orders) {
        return orders.stream().map(order -> order(order, order.last())).toList();
    }

    static List<Map<String, Object>> atFirst(List<Order> orders) {
        return orders.stream()
                .map(order -> order(order, order.history().getFirst()))
                .toList();
    }
}
