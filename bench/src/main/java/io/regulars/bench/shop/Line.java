package io.regulars.bench.shop;

/// A line of an order.
///
/// @param unitPrice minor units
public record Line(Product product, int quantity, long unitPrice) {

    public long amount() {
        return quantity * unitPrice;
    }
}
