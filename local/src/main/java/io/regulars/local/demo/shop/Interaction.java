package io.regulars.local.demo.shop;

import java.time.Instant;

/// Something a customer did besides buying.
///
/// @param kind as the API names it
/// @param rating of a review, else null
/// @param subject a product code, search words, or null
public record Interaction(
        String externalId, String customerId, String kind, Instant at, Integer rating, String subject) {}
