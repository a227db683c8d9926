package io.regulars.customer.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.regulars.customer.input.Amounts;

/// A return that names no order, checked.
public record ReturnContent(String externalId, Instant returnedAt, List<Line> lines) {

    /// @param productCode null where only money was given back
    /// @param amount minor units given back for the line
    public record Line(String productCode, String productName, long quantity, BigDecimal unitPrice, long amount) {

        public Line {
            unitPrice = unitPrice == null ? null : Amounts.normal(unitPrice);
        }
    }

    public ReturnContent {
        lines = List.copyOf(lines);
    }
}
