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

/// A return that names no order, as it is posted. Where the order is known, post the order with
/// `returnedQuantity` or `refundedAmount` instead.
record ReturnInput(
        @Schema(description = "the merchant's own id", examples = "R-77", required = true)
        String externalId,

        @Schema(description = "cus_… or ext: and the merchant's own id", examples = "ext:u-10086", required = true)
        String customerId,

        @Schema(required = true) Instant returnedAt,
        @Schema(required = true) List<Line> lines,

        @Schema(description = "history loaded after the fact")
        Boolean backfill) {

    private static final int MOST_LINES = 2_000;

    record Line(
            @Schema(examples = "WIPES-80") String productCode,
            String productName,

            @Schema(description = "units given back, 1 to 1,000,000", examples = "1", required = true)
            Long quantity,

            @Schema(type = SchemaType.STRING, examples = "19.90")
            BigDecimal unitPrice,

            @Schema(type = SchemaType.STRING, description = "money given back, where quantity × unitPrice does not say")
            BigDecimal amount) {

        ReturnContent.Line checked(Checks checks, String at, Settings merchant) {
            long units = LineInput.units(checks, at + ".quantity", quantity);
            BigDecimal price = unitPrice == null ? null : Amounts.unitPrice(checks, at + ".unitPrice", unitPrice);
            long money = 0;
            if (amount != null) {
                money = Amounts.exact(checks, at + ".amount", amount, merchant.currency());
            } else if (price != null) {
                money = Amounts.line(checks, at + ".unitPrice", units, price, merchant.currency());
            } else {
                checks.violate(at + ".unitPrice", "is required, or amount");
            }
            return new ReturnContent.Line(
                    checks.text(at + ".productCode", productCode, 100),
                    checks.text(at + ".productName", productName, 300),
                    units,
                    price,
                    money);
        }
    }

    ReturnContent checked(Checks checks, Settings merchant, Instant now) {
        var checkedLines = new ArrayList<ReturnContent.Line>();
        if (lines == null || lines.isEmpty() || lines.size() > MOST_LINES) {
            checks.violate("lines", "must hold 1 to %,d lines".formatted(MOST_LINES));
        } else {
            for (int i = 0; i < lines.size(); i++) {
                String at = "lines[" + i + "]";
                if (lines.get(i) == null) {
                    checks.violate(at, "must be an object");
                } else {
                    checkedLines.add(lines.get(i).checked(checks, at, merchant));
                }
            }
        }
        return new ReturnContent(
                checks.required("externalId", externalId, 200),
                checks.instant("returnedAt", checks.required("returnedAt", returnedAt), now),
                checkedLines);
    }
}
