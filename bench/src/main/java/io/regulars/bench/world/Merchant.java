package io.regulars.bench.world;

/// A merchant with its API client.
public record Merchant(int id, String clientId, String clientSecret) {}
