package io.regulars.customer.product;

import java.time.Instant;
import java.util.List;

import io.regulars.kit.money.Money;

/// A product as it is read.
record ProductView(
        String code,
        String name,
        String category,
        Money price,
        Double lastsDays,
        List<String> relatedCodes,
        long version,
        Instant changedAt) {

    static ProductView of(Product product, String currency) {
        return new ProductView(
                product.code(),
                product.name(),
                product.category(),
                product.price() == null ? null : Money.ofMinor(product.price(), currency),
                product.lastsDays(),
                product.relatedCodes(),
                product.version(),
                product.changedAt());
    }
}
