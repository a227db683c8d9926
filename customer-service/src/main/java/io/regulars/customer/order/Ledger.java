package io.regulars.customer.order;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Documents of one kind during one write: how they stood, and how they stand.
///
/// @param <D> an order or a return
final class Ledger<D> {

    private final Map<String, D> before = new LinkedHashMap<>();
    private final Map<String, D> after = new LinkedHashMap<>();
    private final Function<D, String> externalId;

    Ledger(Function<D, String> externalId) {
        this.externalId = externalId;
    }

    /// A document read from its table. One that this write has changed already stays as changed.
    void stands(D document) {
        before.putIfAbsent(externalId.apply(document), document);
        after.putIfAbsent(externalId.apply(document), document);
    }

    void becomes(D document) {
        after.put(externalId.apply(document), document);
    }

    boolean knows(String id) {
        return after.containsKey(id);
    }

    D now(String id) {
        return after.get(id);
    }

    D before(String id) {
        return before.get(id);
    }

    List<D> all() {
        return List.copyOf(after.values());
    }

    List<D> fresh() {
        return after.values().stream()
                .filter(document -> !before.containsKey(externalId.apply(document)))
                .toList();
    }

    List<D> changed() {
        return after.values().stream()
                .filter(document -> before.containsKey(externalId.apply(document)))
                .filter(document -> !document.equals(before.get(externalId.apply(document))))
                .toList();
    }
}
