package io.regulars.events;

import java.util.List;

/// A product of the merchant's catalogue.
///
/// @param code the merchant's own id, unique within the merchant
/// @param price minor units, or null where unknown
/// @param lastsDays how many days one unit lasts a customer, or null where the merchant does not know; a product that
/// has
///     it is repeatable
/// @param relatedCodes products to offer beside it
public record ProductChanged(
        int merchantId,
        long version,
        String code,
        String name,
        String category,
        Long price,
        Double lastsDays,
        List<String> relatedCodes)
        implements Event {

    public ProductChanged {
        relatedCodes = Lists.copy(relatedCodes);
    }

    @Override
    public String thing() {
        return "p" + code;
    }

    @Override
    public long customerId() {
        return 0;
    }
}
