package io.regulars.customer.order;

/// A document and whose it is.
public record Placed<C>(long customerId, C content) {}
