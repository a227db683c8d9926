package io.regulars.customer.product;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.customer.input.Outcome;
import io.regulars.customer.input.Written;
import io.regulars.kit.outbox.Outbox;
import io.regulars.kit.paging.Page;

/// The catalogue: said by the merchant, or learned from order lines.
@ApplicationScoped
public class Products {

    private final ProductTable table;
    private final Clock clock;
    private final Outbox outbox;

    Products(ProductTable table, Clock clock, Outbox outbox) {
        this.table = table;
        this.clock = clock;
        this.outbox = outbox;
    }

    @Transactional
    List<Written<Product>> say(int merchant, List<ProductDraft> drafts) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return write(merchant, drafts, ProductDraft::code, (standing, draft) -> standing.said(draft, now));
    }

    /// What became of each, for the report of an import.
    @Transactional
    public List<Outcome> learn(int merchant, List<ProductSeen> lines) {
        return write(merchant, lines, ProductSeen::code, Product::seen).stream()
                .map(Written::outcome)
                .toList();
    }

    private <D> List<Written<Product>> write(
            int merchant, List<D> drafts, Function<D, String> code, BiFunction<Product, D, Product> merge) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Set<String> codes = drafts.stream().map(code).collect(Collectors.toSet());
        Map<String, Product> before =
                table.lock(merchant, codes).stream().collect(Collectors.toMap(Product::code, product -> product));
        var after = new HashMap<>(before);
        var outcomes = new ArrayList<Outcome>();
        for (D draft : drafts) {
            String key = code.apply(draft);
            Product standing = after.getOrDefault(key, Product.fresh(merchant, key, now));
            Product next = merge.apply(standing, draft);
            outcomes.add(
                    !after.containsKey(key)
                            ? Outcome.CREATED
                            : next.equals(standing) ? Outcome.UNCHANGED : Outcome.UPDATED);
            Product stood = before.get(key);
            after.put(key, next.equals(standing) ? next : next.changed(stood == null ? 1 : stood.version() + 1, now));
        }
        Set<String> lost = store(merchant, before, after);
        List<Written<Product>> again = lost.isEmpty()
                ? List.of()
                : write(
                        merchant,
                        drafts.stream()
                                .filter(draft -> lost.contains(code.apply(draft)))
                                .toList(),
                        code,
                        merge);
        var second = again.iterator();
        var results = new ArrayList<Written<Product>>();
        for (int i = 0; i < drafts.size(); i++) {
            String key = code.apply(drafts.get(i));
            results.add(lost.contains(key) ? second.next() : Written.as(outcomes.get(i), after.get(key)));
        }
        return results;
    }

    /// The codes that somebody else made in this moment.
    private Set<String> store(int merchant, Map<String, Product> before, Map<String, Product> after) {
        var fresh = after.values().stream()
                .filter(product -> !before.containsKey(product.code()))
                .toList();
        var changed = after.values().stream()
                .filter(product -> before.containsKey(product.code()) && !product.equals(before.get(product.code())))
                .toList();
        var lost = new HashSet<String>();
        if (!fresh.isEmpty()) {
            fresh.forEach(product -> lost.add(product.code()));
            table.insert(fresh).forEach(lost::remove);
        }
        if (!changed.isEmpty()) {
            table.update(merchant, changed);
        }
        var events = new ArrayList<>(changed.stream().map(Product::event).toList());
        fresh.stream()
                .filter(product -> !lost.contains(product.code()))
                .map(Product::event)
                .forEach(events::add);
        outbox.publishAll(events);
        return lost;
    }

    @Transactional
    Optional<Product> find(int merchant, String code) {
        return table.find(merchant, code);
    }

    @Transactional
    Page<Product> list(int merchant, String after, int limit) {
        return Page.of(table.list(merchant, after, limit + 1), limit, product -> new Object[] {product.code()});
    }
}
