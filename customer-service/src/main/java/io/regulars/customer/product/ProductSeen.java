package io.regulars.customer.product;

import java.time.Instant;

/// What an order line tells of its product.
public record ProductSeen(String code, String name, String category, Instant at) {}
