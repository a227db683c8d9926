package io.regulars.customer.order;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.customer.input.Outcome;
import io.regulars.customer.input.Written;
import io.regulars.customer.merchant.Settings;
import io.regulars.kit.fault.KillPoint;
import io.regulars.kit.id.Ref;
import io.regulars.kit.outbox.Outbox;
import io.regulars.kit.paging.Page;

/// The orders and returns of a merchant: written many at a time, netted, published.
@ApplicationScoped
public class OrderBook {

    private final OrderTable orderTable;
    private final ReturnTable returnTable;
    private final Clock clock;
    private final Outbox outbox;

    OrderBook(OrderTable orderTable, ReturnTable returnTable, Clock clock, Outbox outbox) {
        this.orderTable = orderTable;
        this.returnTable = returnTable;
        this.clock = clock;
        this.outbox = outbox;
    }

    record Answers(List<Written<CustomerOrder>> orders, List<Written<OrderReturn>> returns) {}

    /// What became of each document, in their order.
    public record Outcomes(List<Outcome> orders, List<Outcome> returns) {}

    @Transactional
    public Outcomes record(
            Settings merchant,
            List<Placed<OrderContent>> orders,
            List<Placed<ReturnContent>> returns,
            boolean backfill) {
        Answers answers = write(merchant, orders, returns, backfill);
        return new Outcomes(
                answers.orders().stream().map(Written::outcome).toList(),
                answers.returns().stream().map(Written::outcome).toList());
    }

    @Transactional
    Answers write(
            Settings merchant,
            List<Placed<OrderContent>> orders,
            List<Placed<ReturnContent>> returns,
            boolean backfill) {
        if (orders.isEmpty() && returns.isEmpty()) {
            return new Answers(List.of(), List.of());
        }
        int id = merchant.merchantId();
        orderTable.lockCustomers(
                id,
                Stream.concat(orders.stream(), returns.stream())
                        .map(Placed::customerId)
                        .collect(Collectors.toSet()));
        var batch = batch(id, backfill);
        var orderIds = distinct(orders, OrderContent::externalId);
        var returnIds = distinct(returns, ReturnContent::externalId);
        batch.standing(orderTable.find(id, orderIds), returnTable.find(id, returnIds));

        var freshOrders = orderTable
                .nextIds((int) orderIds.stream()
                        .filter(external -> !batch.knowsOrder(external))
                        .count())
                .iterator();
        var freshReturns = returnTable
                .nextIds((int) returnIds.stream()
                        .filter(external -> !batch.knowsReturn(external))
                        .count())
                .iterator();
        var orderOutcomes =
                orders.stream().map(placed -> batch.order(placed, freshOrders)).toList();
        var returnOutcomes = returns.stream()
                .map(placed -> batch.giveBack(placed, freshReturns))
                .toList();

        Set<Long> written = batch.writtenCustomers();
        if (!written.isEmpty()) {
            net(merchant, batch, batch.toNet(returnTable.latest(id, written)));
            store(merchant, batch);
            KillPoint.ORDER_IN_TRANSACTION.reach();
        }
        return answers(batch, orders, orderOutcomes, returns, returnOutcomes);
    }

    /// Nets all returns of these customers anew.
    @Transactional
    void netAgain(Settings merchant, Collection<Long> customers) {
        orderTable.lockCustomers(merchant.merchantId(), customers);
        var batch = batch(merchant.merchantId(), true);
        net(merchant, batch, customers);
        store(merchant, batch);
    }

    private OrderBatch batch(int merchant, boolean backfill) {
        return new OrderBatch(merchant, backfill, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private void net(Settings merchant, OrderBatch batch, Collection<Long> customers) {
        if (customers.isEmpty()) {
            return;
        }
        int id = merchant.merchantId();
        batch.standing(orderTable.ofCustomers(id, customers), returnTable.ofCustomers(id, customers));
        batch.net(customers, merchant.nonProducts());
    }

    private void store(Settings merchant, OrderBatch batch) {
        batch.number();
        orderTable.insert(batch.orders().fresh());
        orderTable.update(merchant.merchantId(), batch.orders().changed());
        returnTable.insert(batch.returns().fresh());
        returnTable.update(merchant.merchantId(), batch.returns().changed());
        outbox.publishAll(Stream.concat(batch.orders().fresh().stream(), batch.orders().changed().stream())
                .map(order -> order.event(merchant.currency()))
                .toList());
    }

    private static Answers answers(
            OrderBatch batch,
            List<Placed<OrderContent>> orders,
            List<Outcome> orderOutcomes,
            List<Placed<ReturnContent>> returns,
            List<Outcome> returnOutcomes) {
        var orderAnswers = new ArrayList<Written<CustomerOrder>>();
        for (int i = 0; i < orders.size(); i++) {
            orderAnswers.add(batch.result(orderOutcomes.get(i), orders.get(i).content()));
        }
        var returnAnswers = new ArrayList<Written<OrderReturn>>();
        for (int i = 0; i < returns.size(); i++) {
            returnAnswers.add(batch.result(returnOutcomes.get(i), returns.get(i).content()));
        }
        return new Answers(orderAnswers, returnAnswers);
    }

    private static <C> Set<String> distinct(List<Placed<C>> placed, Function<C, String> externalId) {
        return placed.stream().map(one -> externalId.apply(one.content())).collect(Collectors.toSet());
    }

    @Transactional
    Optional<CustomerOrder> order(int merchant, Ref ref) {
        return switch (ref) {
            case Ref.Id(long id) -> orderTable.find(merchant, id);
            case Ref.External(String externalId) ->
                orderTable.find(merchant, List.of(externalId)).stream().findFirst();
        };
    }

    @Transactional
    Optional<OrderReturn> giveBack(int merchant, Ref ref) {
        return switch (ref) {
            case Ref.Id(long id) -> returnTable.find(merchant, id);
            case Ref.External(String externalId) ->
                returnTable.find(merchant, List.of(externalId)).stream().findFirst();
        };
    }

    @Transactional
    Page<CustomerOrder> orders(int merchant, Long customer, long after, int limit) {
        return Page.of(
                orderTable.list(merchant, customer, after, limit + 1), limit, order -> new Object[] {order.orderId()});
    }

    @Transactional
    Page<OrderReturn> returns(int merchant, Long customer, long after, int limit) {
        return Page.of(returnTable.list(merchant, customer, after, limit + 1), limit, giveBack ->
                new Object[] {giveBack.returnId()});
    }
}
