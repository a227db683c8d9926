package io.regulars.local.demo.shop;

import java.util.List;

/// A product of the catalogue.
///
/// @param price fen
/// @param lastsDays how long one unit lasts a household, null for what is not used up
/// @param popularity how often it gets into a basket, against the others of its kind
public record Product(
        String code,
        String name,
        String category,
        long price,
        Double lastsDays,
        double popularity,
        List<String> relatedCodes) {}
