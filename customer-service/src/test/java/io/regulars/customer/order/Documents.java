package io.regulars.customer.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.regulars.events.OrderChanged.Status;

/// Orders and returns for tests: valid, of one customer, timed by days.
final class Documents {

    static final Instant START = Instant.parse("2026-01-01T08:00:00Z");

    private Documents() {}

    static OrderContent.Line line(String product, long quantity, long amount) {
        return new OrderContent.Line(product, null, null, quantity, null, 0, amount, 0);
    }

    static OrderContent content(String id, Status status, OrderContent.Line... lines) {
        return new OrderContent(id, status, START, null, null, false, 0, List.of(), List.of(lines));
    }

    static OrderContent returning(OrderContent.Line line, long units, long refunded) {
        var returned =
                new OrderContent.Line(line.productCode(), null, null, line.quantity(), null, 0, line.amount(), units);
        return new OrderContent("o", Status.PAID, START, null, null, false, refunded, List.of(), List.of(returned));
    }

    static CustomerOrder order(String id, int day, OrderContent.Line... lines) {
        return order(id, day, Status.PAID, lines);
    }

    static CustomerOrder order(String id, int day, Status status, OrderContent.Line... lines) {
        var content = new OrderContent(
                id, status, START.plus(day, ChronoUnit.DAYS), null, null, false, 0, List.of(), List.of(lines));
        return CustomerOrder.fresh(1, 1, id.hashCode(), content, false, START);
    }

    static OrderReturn giveBack(String id, int day, String product, long quantity, long amount) {
        var line = new ReturnContent.Line(product, null, quantity, BigDecimal.ONE, amount);
        return OrderReturn.fresh(
                1, 1, id.hashCode(), new ReturnContent(id, START.plus(day, ChronoUnit.DAYS), List.of(line)), START);
    }
}
