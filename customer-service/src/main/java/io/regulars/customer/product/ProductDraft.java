package io.regulars.customer.product;

import java.util.List;

/// What the catalogue says of a product, checked.
record ProductDraft(
        String code, String name, String category, Long price, Double lastsDays, List<String> relatedCodes) {}
