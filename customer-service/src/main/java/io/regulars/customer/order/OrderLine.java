package io.regulars.customer.order;

import java.math.BigDecimal;

import io.regulars.customer.input.Amounts;
import io.regulars.events.OrderChanged;

/// A line as it stands: a row of `order_line`.
record OrderLine(
        int lineNo,
        String productCode,
        String productName,
        String category,
        long quantity,
        BigDecimal unitPrice,
        long discount,
        long amount,
        long returnedQuantity,
        long keptQuantity,
        long keptAmount) {

    OrderLine {
        unitPrice = unitPrice == null ? null : Amounts.normal(unitPrice);
    }

    static OrderLine of(int lineNo, OrderContent.Line line, Share kept) {
        return new OrderLine(
                lineNo,
                line.productCode(),
                line.productName(),
                line.category(),
                line.quantity(),
                line.unitPrice(),
                line.discount(),
                line.amount(),
                line.returnedQuantity(),
                kept.quantity(),
                kept.amount());
    }

    OrderContent.Line content() {
        return new OrderContent.Line(
                productCode, productName, category, quantity, unitPrice, discount, amount, returnedQuantity);
    }

    OrderChanged.Line event() {
        return new OrderChanged.Line(
                lineNo, productCode, productName, category, quantity, amount, keptQuantity, keptAmount);
    }
}
