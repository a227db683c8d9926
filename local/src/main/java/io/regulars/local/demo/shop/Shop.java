package io.regulars.local.demo.shop;

import java.time.Instant;
import java.util.List;

/// The whole shop, orders and interactions in the order they happened.
///
/// @param liveFrom what happened from here on is sent as it would come in day by day, the rest as loaded history
public record Shop(
        List<Product> products,
        List<Customer> customers,
        List<Order> orders,
        List<Interaction> interactions,
        Instant liveFrom) {

    public boolean live(Instant at) {
        return !at.isBefore(liveFrom);
    }
}
