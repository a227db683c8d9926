package io.regulars.faults.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.faults.rig.Operation;
import io.regulars.faults.rig.Sql;
import io.regulars.faults.workload.Shop;

/// I1: every order that was answered 2xx is there exactly once, as last told; the same key gives the same answer.
final class OrdersOnce implements Invariant {

    private static final String ORDERS = """
            select o.external_id, c.external_id as customer, o.declared_status, o.updated_at,
              (select coalesce(sum(l.amount), 0) from order_line l where l.merchant_id = o.merchant_id
                and l.customer_id = o.customer_id and l.order_id = o.order_id) as amount
            from customer_order o join customer c using (merchant_id, customer_id)
            where o.merchant_id = ?
            """;

    private static final String INTERACTIONS = "select external_id from interaction where merchant_id = ?";

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I1");
        for (var shop : evidence.shops()) {
            orders(finding, evidence, shop);
            interactions(finding, evidence, shop);
        }
        sameAnswers(finding, evidence);
        return finding.violations();
    }

    private static void orders(Finding finding, Evidence evidence, Shop shop) {
        var rows = evidence.customer().rows(ORDERS, shop.merchantId()).stream()
                .collect(Collectors.groupingBy(row -> row.text("external_id"), TreeMap::new, Collectors.toList()));
        var told = evidence.operations("order", shop).stream()
                .collect(Collectors.groupingBy(Operation::thing, TreeMap::new, Collectors.toList()));
        told.forEach((order, operations) -> {
            var accepted = operations.stream().filter(Operation::accepted).toList();
            var found = rows.getOrDefault(order, List.of());
            if (accepted.isEmpty()) {
                finding.unless(
                        found.isEmpty() || operations.stream().anyMatch(Operation::open),
                        "an order is there that was refused",
                        shop.name() + " " + order);
                return;
            }
            finding.unless(
                    found.size() == 1,
                    "an order that was answered 2xx is there " + found.size() + " times",
                    shop.name() + " " + order);
            found.forEach(row -> asLastTold(finding, shop, row, operations));
        });
        rows.keySet().stream()
                .filter(order -> !told.containsKey(order))
                .forEach(order -> finding.violated("an order is there that nobody told", shop.name() + " " + order));
    }

    /// The latest that was accepted, or a later one that was never answered.
    private static void asLastTold(Finding finding, Shop shop, Sql.Row row, List<Operation> operations) {
        var latest = operations.stream()
                .filter(Operation::accepted)
                .map(OrdersOnce::updatedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var wanted = operations.stream()
                .filter(one -> updatedAt(one).equals(latest)
                        || one.open() && updatedAt(one).isAfter(latest))
                .map(one -> told(one.body()))
                .distinct()
                .toList();
        var found = row.text("customer") + " " + row.text("declared_status") + " " + row.number("amount");
        finding.unless(
                wanted.contains(found),
                "an order is not as it was told last",
                shop.name() + " " + row.text("external_id") + ": " + found + ", told " + wanted);
    }

    private static Instant updatedAt(Operation operation) {
        return Instant.parse(operation.body().path("updatedAt").asText());
    }

    private static String told(JsonNode order) {
        var amount = BigDecimal.ZERO;
        for (var line : order.path("lines")) {
            amount = amount.add(new BigDecimal(line.path("unitPrice").asText())
                    .multiply(BigDecimal.valueOf(line.path("quantity").asLong())));
        }
        return order.path("customerId").asText().replaceFirst("^ext:", "")
                + " "
                + order.path("status").asText().toUpperCase(Locale.ROOT)
                + " "
                + amount.movePointRight(2).longValueExact();
    }

    private static void interactions(Finding finding, Evidence evidence, Shop shop) {
        var found = new ArrayList<String>();
        evidence.customer()
                .rows(INTERACTIONS, shop.merchantId())
                .forEach(row -> found.add(shop.name() + " " + row.text("external_id")));
        var told = evidence.operations("interaction", shop).stream()
                .filter(one -> one.accepted() || one.open() && found.contains(shop.name() + " " + one.thing()))
                .map(one -> shop.name() + " " + one.thing())
                .distinct()
                .toList();
        finding.same("interactions that were answered 2xx", told, found);
    }

    private static void sameAnswers(Finding finding, Evidence evidence) {
        Map<String, Operation> first = new HashMap<>();
        for (var operation : evidence.operations()) {
            if (operation.key() == null || !operation.accepted()) {
                continue;
            }
            var before = first.putIfAbsent(operation.shop() + " " + operation.key(), operation);
            finding.unless(
                    before == null
                            || before.status() == operation.status()
                                    && java.util.Objects.equals(before.answer(), operation.answer()),
                    "the same key was answered otherwise",
                    before == null ? "" : "operations " + before.number() + " and " + operation.number());
        }
    }
}
