package io.regulars.customer.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.regulars.customer.input.Amounts;

/// A return that names no order, as it stands: a row of `order_return` with its lines.
///
/// @param unmatchedAmount minor units that no earlier order of the customer could bear
record OrderReturn(
        int merchantId,
        long customerId,
        long returnId,
        long version,
        String externalId,
        Instant returnedAt,
        long unmatchedAmount,
        Instant createdAt,
        Instant changedAt,
        List<Line> lines) {

    record Line(int lineNo, String productCode, String productName, long quantity, BigDecimal unitPrice, long amount) {

        Line {
            unitPrice = unitPrice == null ? null : Amounts.normal(unitPrice);
        }

        ReturnContent.Line content() {
            return new ReturnContent.Line(productCode, productName, quantity, unitPrice, amount);
        }
    }

    static OrderReturn fresh(int merchant, long customer, long id, ReturnContent content, Instant now) {
        return new OrderReturn(
                merchant,
                customer,
                id,
                1,
                content.externalId(),
                content.returnedAt(),
                0,
                now,
                now,
                lines(content.lines()));
    }

    OrderReturn with(ReturnContent content) {
        return new OrderReturn(
                merchantId,
                customerId,
                returnId,
                version,
                externalId,
                content.returnedAt(),
                unmatchedAmount,
                createdAt,
                changedAt,
                lines(content.lines()));
    }

    OrderReturn unmatched(long amount) {
        return new OrderReturn(
                merchantId, customerId, returnId, version, externalId, returnedAt, amount, createdAt, changedAt, lines);
    }

    OrderReturn changed(long newVersion, Instant now) {
        return new OrderReturn(
                merchantId,
                customerId,
                returnId,
                newVersion,
                externalId,
                returnedAt,
                unmatchedAmount,
                createdAt,
                now,
                lines);
    }

    ReturnContent content() {
        return new ReturnContent(
                externalId, returnedAt, lines.stream().map(Line::content).toList());
    }

    private static List<Line> lines(List<ReturnContent.Line> contents) {
        var lines = new ArrayList<Line>();
        for (var line : contents) {
            lines.add(new Line(
                    lines.size() + 1,
                    line.productCode(),
                    line.productName(),
                    line.quantity(),
                    line.unitPrice(),
                    line.amount()));
        }
        return List.copyOf(lines);
    }
}
