package io.regulars.customer.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Nets the returns of one customer that name no order against what the customer bought before.
///
/// Each return line, the earliest first, takes units from the latest order before it that holds the product
/// with something kept, then from the one before that. Money that those lines cannot bear, or that was given
/// back for a product never bought, is borne by the latest orders before the return, over their lines in
/// proportion. The result depends on the documents alone: not on the order in which they came, nor on ids that
/// we gave them.
final class Netting {

    private static final Comparator<OpenOrder> LATEST_FIRST = Comparator.<OpenOrder, Instant>comparing(
                    open -> open.order.orderedAt())
            .thenComparing(open -> open.order.externalId())
            .reversed();

    private static final Comparator<OrderReturn> EARLIEST_FIRST =
            Comparator.comparing(OrderReturn::returnedAt).thenComparing(OrderReturn::externalId);

    private final Set<String> nonProducts;
    private final List<OpenOrder> orders;
    private final Map<String, List<OpenLine>> byProduct = new HashMap<>();
    private final List<OrderReturn> returns;

    record Result(List<CustomerOrder> orders, List<OrderReturn> returns) {}

    private static final class OpenOrder {
        private final CustomerOrder order;
        private final List<OpenLine> lines = new ArrayList<>();

        OpenOrder(CustomerOrder order) {
            this.order = order;
        }
    }

    private static final class OpenLine {
        private final OpenOrder of;
        private final String productCode;
        private long quantity;
        private long amount;

        OpenLine(OpenOrder of, String productCode, Share kept) {
            this.of = of;
            this.productCode = productCode;
            this.quantity = kept.quantity();
            this.amount = kept.amount();
        }
    }

    private Netting(List<CustomerOrder> orders, List<OrderReturn> returns, Set<String> nonProducts) {
        this.nonProducts = nonProducts;
        this.orders = orders.stream().map(Netting::open).sorted(LATEST_FIRST).toList();
        this.returns = returns.stream().sorted(EARLIEST_FIRST).toList();
        for (OpenOrder open : this.orders) {
            for (OpenLine line : open.lines) {
                if (line.productCode != null && open.order.declaredStatus().counts()) {
                    byProduct
                            .computeIfAbsent(line.productCode, code -> new ArrayList<>())
                            .add(line);
                }
            }
        }
    }

    /// @param orders all orders of the customer
    /// @param returns all returns of the customer
    /// @param nonProducts codes whose lines are no purchases: a return of one is netted against lines of that
    ///     code only
    static Result net(List<CustomerOrder> orders, List<OrderReturn> returns, Set<String> nonProducts) {
        return new Netting(orders, returns, nonProducts).run();
    }

    private Result run() {
        var netted = new ArrayList<OrderReturn>();
        for (OrderReturn giveBack : returns) {
            long unmatched = 0;
            for (OrderReturn.Line line : giveBack.lines()) {
                unmatched += give(giveBack, line);
            }
            netted.add(giveBack.unmatched(unmatched));
        }
        return new Result(
                orders.stream()
                        .map(open -> open.order.keeping(open.lines.stream()
                                .map(line -> new Share(line.quantity, line.amount))
                                .toList()))
                        .toList(),
                netted);
    }

    private long give(OrderReturn giveBack, OrderReturn.Line returned) {
        long left = byUnits(giveBack, returned);
        return nonProducts.contains(returned.productCode()) ? left : byAmount(giveBack, left);
    }

    /// Takes the returned units from lines of the product; what is left is money that they could not bear.
    private long byUnits(OrderReturn giveBack, OrderReturn.Line returned) {
        long units = returned.quantity();
        long money = returned.amount();
        long spilled = 0;
        for (OpenLine line : byProduct.getOrDefault(returned.productCode(), List.of())) {
            if (units == 0) {
                break;
            }
            if (line.quantity == 0 || line.of.order.orderedAt().isAfter(giveBack.returnedAt())) {
                continue;
            }
            long taken = Math.min(units, line.quantity);
            long worth = Share.proportion(money, taken, units);
            long borne = Math.min(worth, line.amount);
            line.quantity -= taken;
            line.amount -= borne;
            units -= taken;
            money -= worth;
            spilled += worth - borne;
        }
        return money + spilled;
    }

    private long byAmount(OrderReturn giveBack, long money) {
        long left = money;
        for (OpenOrder open : orders) {
            if (left == 0) {
                break;
            }
            if (open.order.orderedAt().isAfter(giveBack.returnedAt())
                    || !open.order.declaredStatus().counts()) {
                continue;
            }
            long[] kept = open.lines.stream()
                    .mapToLong(line -> nonProducts.contains(line.productCode) ? 0 : line.amount)
                    .toArray();
            long borne = Math.min(left, Arrays.stream(kept).sum());
            long[] parts = Share.split(borne, kept);
            for (int i = 0; i < parts.length; i++) {
                open.lines.get(i).amount -= parts[i];
            }
            left -= borne;
        }
        return left;
    }

    private static OpenOrder open(CustomerOrder order) {
        var open = new OpenOrder(order);
        List<Share> kept = Kept.of(order.content());
        for (int i = 0; i < kept.size(); i++) {
            open.lines.add(new OpenLine(open, order.lines().get(i).productCode(), kept.get(i)));
        }
        return open;
    }
}
