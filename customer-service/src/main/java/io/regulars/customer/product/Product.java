package io.regulars.customer.product;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.regulars.events.ProductChanged;

/// A product as it stands: a row of `product`.
///
/// @param describedAt as of when name and category are said
record Product(
        int merchantId,
        String code,
        long version,
        String name,
        String category,
        Long price,
        Double lastsDays,
        List<String> relatedCodes,
        Instant describedAt,
        Instant createdAt,
        Instant changedAt) {

    static Product fresh(int merchant, String code, Instant now) {
        return new Product(merchant, code, 1, null, null, null, null, List.of(), Instant.EPOCH, now, now);
    }

    /// The catalogue's word: all of it.
    Product said(ProductDraft draft, Instant now) {
        var next = new Product(
                merchantId,
                code,
                version,
                draft.name(),
                draft.category(),
                draft.price(),
                draft.lastsDays(),
                draft.relatedCodes(),
                describedAt,
                createdAt,
                changedAt);
        return next.equals(this) ? this : next.describedAt(now);
    }

    /// An order line's word: name and category, where it is no older than the one that stands.
    Product seen(ProductSeen line) {
        if (line.at().isBefore(describedAt)) {
            return this;
        }
        var next = new Product(
                merchantId,
                code,
                version,
                Objects.requireNonNullElse(line.name() == null ? name : line.name(), code),
                line.category() == null ? category : line.category(),
                price,
                lastsDays,
                relatedCodes,
                describedAt,
                createdAt,
                changedAt);
        return next.equals(this) ? this : next.describedAt(line.at());
    }

    Product changed(long newVersion, Instant now) {
        return new Product(
                merchantId,
                code,
                newVersion,
                name,
                category,
                price,
                lastsDays,
                relatedCodes,
                describedAt,
                createdAt,
                now);
    }

    private Product describedAt(Instant at) {
        return new Product(
                merchantId, code, version, name, category, price, lastsDays, relatedCodes, at, createdAt, changedAt);
    }

    ProductChanged event() {
        return new ProductChanged(merchantId, version, code, name, category, price, lastsDays, relatedCodes);
    }
}
