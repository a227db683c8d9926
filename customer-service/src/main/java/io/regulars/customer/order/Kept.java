package io.regulars.customer.order;

import java.util.ArrayList;
import java.util.List;

import io.regulars.events.OrderChanged.Status;

/// What a customer kept of an order by what the merchant says of the order itself.
final class Kept {

    private Kept() {}

    /// The shares of the lines, in their order. Nothing is kept of a cancelled or refunded order. Of the
    /// others, a line keeps what was not returned; what was refunded beyond the value of the returned units is
    /// borne by the lines in proportion to what they keep.
    static List<Share> of(OrderContent order) {
        List<OrderContent.Line> lines = order.lines();
        if (order.status() == Status.REFUNDED || order.status() == Status.CANCELLED) {
            return lines.stream().map(line -> Share.NOTHING).toList();
        }
        var keptAmounts = new long[lines.size()];
        long paid = 0;
        long kept = 0;
        for (int i = 0; i < keptAmounts.length; i++) {
            var line = lines.get(i);
            keptAmounts[i] = line.amount() - Share.proportion(line.amount(), line.returnedQuantity(), line.quantity());
            paid += line.amount();
            kept += keptAmounts[i];
        }
        long beyond = Math.min(kept, Math.max(0, order.refundedAmount() - (paid - kept)));
        long[] borne = Share.split(beyond, keptAmounts);
        var shares = new ArrayList<Share>();
        for (int i = 0; i < keptAmounts.length; i++) {
            var line = lines.get(i);
            shares.add(new Share(line.quantity() - line.returnedQuantity(), keptAmounts[i] - borne[i]));
        }
        return shares;
    }

    /// What the order's state is when this is kept of it: refunded when nothing is left of what there was, partly
    /// refunded when something is missing, else what the merchant says.
    static Status status(OrderContent order, List<Share> shares) {
        if (!order.status().counts()) {
            return order.status();
        }
        long paid = 0;
        long keptAmount = 0;
        long keptQuantity = 0;
        boolean whole = true;
        for (int i = 0; i < shares.size(); i++) {
            var line = order.lines().get(i);
            var share = shares.get(i);
            paid += line.amount();
            keptAmount += share.amount();
            keptQuantity += share.quantity();
            whole &= share.quantity() == line.quantity() && share.amount() == line.amount();
        }
        if (whole) {
            return order.status();
        }
        return keptAmount == 0 && (paid > 0 || keptQuantity == 0) ? Status.REFUNDED : Status.PART_REFUNDED;
    }
}
