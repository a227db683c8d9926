package io.regulars.customer.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.regulars.customer.input.Amounts;
import io.regulars.customer.input.Checks;
import io.regulars.customer.merchant.Settings;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An order as it is posted: all of it, each time.
record OrderInput(
        @Schema(description = "the merchant's own id", examples = "T20260301-001", required = true)
        String externalId,

        @Schema(description = "cus_… or ext: and the merchant's own id", examples = "ext:u-10086", required = true)
        String customerId,

        @Schema(
                description = "created, paid, shipped, delivered, completed, part_refunded, refunded or cancelled;"
                        + " paid where absent",
                examples = "paid")
        String status,

        @Schema(required = true) Instant orderedAt,

        @Schema(
                description = "as of when this is the state. The later state stands, whatever comes first; without it"
                        + " the one further on in the life cycle")
        Instant updatedAt,

        @Schema(description = "the merchant's, if anything", examples = "CNY")
        String currency,

        @Schema(examples = "taobao") String channel,

        @Schema(description = "ordered in a big promotion (大促)")
        Boolean bigPromotion,

        @Schema(required = true) List<LineInput> lines,

        @Schema(
                type = SchemaType.STRING,
                description = "money given back in all; at least the value of the returned units, which it includes")
        BigDecimal refundedAmount,

        List<String> couponCodes,

        @Schema(description = "history loaded after the fact: it scores, and starts no campaign")
        Boolean backfill) {

    private static final int MOST_LINES = 2_000;

    OrderContent checked(Checks checks, Settings merchant, Instant now) {
        if (currency != null && !currency.equals(merchant.currency())) {
            checks.violate("currency", "must be the merchant's, " + merchant.currency());
        }
        List<OrderContent.Line> checkedLines = lines(checks, merchant);
        long paid = checkedLines.stream().mapToLong(OrderContent.Line::amount).sum();
        if (paid > Amounts.MOST) {
            checks.violate("lines", "must not cost more than %,d minor units together".formatted(Amounts.MOST));
        }
        long refunded = refundedAmount == null
                ? 0
                : Amounts.exact(checks, "refundedAmount", refundedAmount, merchant.currency());
        if (refunded > paid) {
            checks.violate("refundedAmount", "must not be more than was paid");
        }
        List<String> coupons = couponCodes == null ? List.of() : checks.texts("couponCodes", couponCodes, 20, 100);
        return new OrderContent(
                checks.required("externalId", externalId, 200),
                Statuses.checked(checks, "status", status),
                checks.instant("orderedAt", checks.required("orderedAt", orderedAt), now),
                checks.instant("updatedAt", updatedAt, now),
                checks.text("channel", channel, 50),
                Boolean.TRUE.equals(bigPromotion),
                refunded,
                coupons == null ? List.of() : coupons,
                checkedLines);
    }

    private List<OrderContent.Line> lines(Checks checks, Settings merchant) {
        if (lines == null || lines.isEmpty() || lines.size() > MOST_LINES) {
            checks.violate("lines", "must hold 1 to %,d lines".formatted(MOST_LINES));
            return List.of();
        }
        var checked = new ArrayList<OrderContent.Line>();
        for (int i = 0; i < lines.size(); i++) {
            String at = "lines[" + i + "]";
            if (lines.get(i) == null) {
                checks.violate(at, "must be an object");
            } else {
                checked.add(lines.get(i).checked(checks, at, merchant));
            }
        }
        return checked;
    }
}
