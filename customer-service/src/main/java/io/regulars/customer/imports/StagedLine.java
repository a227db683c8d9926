package io.regulars.customer.imports;

import java.math.BigDecimal;
import java.time.Instant;

import io.regulars.events.OrderChanged.Status;

/// A good line of a file, read and checked.
///
/// @param line its number in the file, the header being 1
/// @param giveBack a line of a return that names no order; quantity and amount are positive all the same
record StagedLine(
        long line,
        String document,
        String customer,
        boolean giveBack,
        Instant at,
        Status status,
        Instant updatedAt,
        String productCode,
        String productName,
        String category,
        long quantity,
        BigDecimal unitPrice,
        long discount,
        long amount,
        long returnedQuantity,
        String channel,
        boolean bigPromotion,
        String couponCode,
        String customerName,
        String phone,
        String email,
        String region) {}
