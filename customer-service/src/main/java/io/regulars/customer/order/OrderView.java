package io.regulars.customer.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.money.Money;

/// An order as it is read.
///
/// @param status what stands when returns are netted
/// @param declaredStatus what the merchant said
/// @param amount what was paid
/// @param keptAmount what was neither refunded nor returned
record OrderView(
        String id,
        String externalId,
        String customerId,
        String status,
        String declaredStatus,
        Instant orderedAt,
        Instant updatedAt,
        String channel,
        boolean bigPromotion,
        List<Line> lines,
        Money amount,
        Money keptAmount,
        Money refundedAmount,
        List<String> couponCodes,
        boolean backfill,
        long version,
        Instant changedAt) {

    record Line(
            int lineNo,
            String productCode,
            String productName,
            String category,
            long quantity,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal unitPrice,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal discount,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount,
            long returnedQuantity,
            long keptQuantity,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal keptAmount) {

        static Line of(OrderLine line, String currency) {
            return new Line(
                    line.lineNo(),
                    line.productCode(),
                    line.productName(),
                    line.category(),
                    line.quantity(),
                    line.unitPrice(),
                    Money.major(line.discount(), currency),
                    Money.major(line.amount(), currency),
                    line.returnedQuantity(),
                    line.keptQuantity(),
                    Money.major(line.keptAmount(), currency));
        }
    }

    static OrderView of(CustomerOrder order, String currency) {
        return new OrderView(
                PublicId.format("ord", order.orderId()),
                order.externalId(),
                PublicId.format("cus", order.customerId()),
                Statuses.word(order.status()),
                Statuses.word(order.declaredStatus()),
                order.orderedAt(),
                order.updatedAt(),
                order.channel(),
                order.bigPromotion(),
                order.lines().stream().map(line -> Line.of(line, currency)).toList(),
                Money.ofMinor(order.amount(), currency),
                Money.ofMinor(order.keptAmount(), currency),
                Money.ofMinor(order.refundedAmount(), currency),
                order.couponCodes(),
                order.backfill(),
                order.version(),
                order.changedAt());
    }
}
