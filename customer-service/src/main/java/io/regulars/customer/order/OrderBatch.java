package io.regulars.customer.order;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.regulars.customer.input.Outcome;
import io.regulars.customer.input.Written;
import io.regulars.kit.problem.Problems;

/// The orders and returns of one write, in memory: what stood, what is said, what is kept when all is netted.
final class OrderBatch {

    private final int merchant;
    private final boolean backfill;
    private final Instant now;
    private final Ledger<CustomerOrder> orders = new Ledger<>(CustomerOrder::externalId);
    private final Ledger<OrderReturn> returns = new Ledger<>(OrderReturn::externalId);

    OrderBatch(int merchant, boolean backfill, Instant now) {
        this.merchant = merchant;
        this.backfill = backfill;
        this.now = now;
    }

    void standing(List<CustomerOrder> standingOrders, List<OrderReturn> standingReturns) {
        standingOrders.forEach(orders::stands);
        standingReturns.forEach(returns::stands);
    }

    boolean knowsOrder(String externalId) {
        return orders.knows(externalId);
    }

    boolean knowsReturn(String externalId) {
        return returns.knows(externalId);
    }

    Outcome order(Placed<OrderContent> placed, Iterator<Long> ids) {
        OrderContent said = placed.content();
        CustomerOrder standing = orders.now(said.externalId());
        if (standing == null) {
            orders.becomes(CustomerOrder.fresh(merchant, placed.customerId(), ids.next(), said, backfill, now));
            return Outcome.CREATED;
        }
        if (standing.customerId() != placed.customerId()) {
            return Outcome.REJECTED;
        }
        if (!Precedence.replaces(said, standing)) {
            return Outcome.UNCHANGED;
        }
        OrderContent content = said.updatedAt() == null ? said.asOf(standing.updatedAt()) : said;
        if (content.equals(standing.content())) {
            return Outcome.UNCHANGED;
        }
        orders.becomes(standing.with(content));
        return Outcome.UPDATED;
    }

    Outcome giveBack(Placed<ReturnContent> placed, Iterator<Long> ids) {
        ReturnContent said = placed.content();
        OrderReturn standing = returns.now(said.externalId());
        if (standing == null) {
            returns.becomes(OrderReturn.fresh(merchant, placed.customerId(), ids.next(), said, now));
            return Outcome.CREATED;
        }
        if (standing.customerId() != placed.customerId()) {
            return Outcome.REJECTED;
        }
        if (said.equals(standing.content())) {
            return Outcome.UNCHANGED;
        }
        returns.becomes(standing.with(said));
        return Outcome.UPDATED;
    }

    /// Whose documents must be netted anew: a return changed, or an order did (in its old or its new state)
    /// that a return may be netted against. An order that is later than every return of its customer needs none
    /// of it, which spares the usual new order the reading of all the old ones.
    Set<Long> toNet(Map<Long, Instant> latestReturns) {
        var customers = new HashSet<Long>();
        written(returns).forEach(giveBack -> customers.add(giveBack.customerId()));
        written(orders).forEach(order -> {
            Instant latest = latestReturns.get(order.customerId());
            if (latest != null && (!order.orderedAt().isAfter(latest) || stoodBefore(order, latest))) {
                customers.add(order.customerId());
            }
        });
        return customers;
    }

    private boolean stoodBefore(CustomerOrder order, Instant latest) {
        CustomerOrder stood = orders.before(order.externalId());
        return stood != null && !stood.orderedAt().isAfter(latest);
    }

    Set<Long> writtenCustomers() {
        return Stream.concat(
                        written(orders).map(CustomerOrder::customerId),
                        written(returns).map(OrderReturn::customerId))
                .collect(Collectors.toSet());
    }

    private static <D> Stream<D> written(Ledger<D> ledger) {
        return Stream.concat(ledger.fresh().stream(), ledger.changed().stream());
    }

    /// Nets all documents of these customers, which must all stand in this batch.
    void net(Collection<Long> customers, Set<String> nonProducts) {
        var ordersOf = byCustomer(orders.all(), CustomerOrder::customerId);
        var returnsOf = byCustomer(returns.all(), OrderReturn::customerId);
        for (Long customer : customers) {
            var netted = Netting.net(
                    ordersOf.getOrDefault(customer, List.of()),
                    returnsOf.getOrDefault(customer, List.of()),
                    nonProducts);
            netted.orders().forEach(orders::becomes);
            netted.returns().forEach(returns::becomes);
        }
    }

    private static <D> Map<Long, List<D>> byCustomer(List<D> documents, Function<D, Long> customer) {
        return documents.stream().collect(Collectors.groupingBy(customer));
    }

    /// Gives what changed its next version.
    void number() {
        for (CustomerOrder order : orders.changed()) {
            orders.becomes(order.changed(order.version() + 1, backfill, now));
        }
        for (OrderReturn giveBack : returns.changed()) {
            returns.becomes(giveBack.changed(giveBack.version() + 1, now));
        }
    }

    Ledger<CustomerOrder> orders() {
        return orders;
    }

    Ledger<OrderReturn> returns() {
        return returns;
    }

    Written<CustomerOrder> result(Outcome outcome, OrderContent said) {
        return outcome == Outcome.REJECTED
                ? elses("order", said.externalId())
                : Written.as(outcome, orders.now(said.externalId()));
    }

    Written<OrderReturn> result(Outcome outcome, ReturnContent said) {
        return outcome == Outcome.REJECTED
                ? elses("return", said.externalId())
                : Written.as(outcome, returns.now(said.externalId()));
    }

    private static <T> Written<T> elses(String what, String externalId) {
        return Written.rejected(
                Problems.invalid("customerId", what + " " + externalId + " is another customer's, and cannot move"));
    }
}
