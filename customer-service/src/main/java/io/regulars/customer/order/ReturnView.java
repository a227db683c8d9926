package io.regulars.customer.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.money.Money;

/// A return as it is read.
///
/// @param unmatchedAmount what no earlier order of the customer could bear
record ReturnView(
        String id,
        String externalId,
        String customerId,
        Instant returnedAt,
        List<Line> lines,
        Money amount,
        Money unmatchedAmount,
        long version,
        Instant changedAt) {

    record Line(
            int lineNo,
            String productCode,
            String productName,
            long quantity,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal unitPrice,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount) {}

    static ReturnView of(OrderReturn giveBack, String currency) {
        return new ReturnView(
                PublicId.format("ret", giveBack.returnId()),
                giveBack.externalId(),
                PublicId.format("cus", giveBack.customerId()),
                giveBack.returnedAt(),
                giveBack.lines().stream()
                        .map(line -> new Line(
                                line.lineNo(),
                                line.productCode(),
                                line.productName(),
                                line.quantity(),
                                line.unitPrice(),
                                Money.major(line.amount(), currency)))
                        .toList(),
                Money.ofMinor(
                        giveBack.lines().stream()
                                .mapToLong(OrderReturn.Line::amount)
                                .sum(),
                        currency),
                Money.ofMinor(giveBack.unmatchedAmount(), currency),
                giveBack.version(),
                giveBack.changedAt());
    }
}
