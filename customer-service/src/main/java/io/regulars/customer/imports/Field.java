package io.regulars.customer.imports;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a column of an order export can hold.
enum Field {
    ORDER_ID,
    CUSTOMER_ID,
    ORDERED_AT,
    PRODUCT_CODE,
    PRODUCT_NAME,
    CATEGORY,
    QUANTITY,
    UNIT_PRICE,
    AMOUNT,
    DISCOUNT,
    RETURNED_QUANTITY,
    STATUS,
    UPDATED_AT,
    CHANNEL,
    BIG_PROMOTION,
    COUPON_CODE,
    CUSTOMER_NAME,
    PHONE,
    EMAIL,
    REGION;

    /// As it stands in a mapping: `order_id`.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Field> named(String word) {
        return Arrays.stream(values())
                .filter(field -> field.word().equals(word))
                .findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Field::word).collect(Collectors.joining(", "));
    }
}
