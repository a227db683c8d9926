package io.regulars.customer.order;

import java.math.BigDecimal;

import io.regulars.customer.input.Amounts;
import io.regulars.customer.input.Checks;
import io.regulars.customer.merchant.Settings;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A line of an order as it is posted.
record LineInput(
        @Schema(examples = "WIPES-80") String productCode,
        @Schema(examples = "婴儿湿巾 80抽") String productName,
        @Schema(examples = "湿巾") String category,

        @Schema(description = "1 to 1,000,000", examples = "2", required = true)
        Long quantity,

        @Schema(
                type = SchemaType.STRING,
                description = "up to 6 decimals, also more than the currency has: the line rounds once, half up",
                examples = "19.90")
        BigDecimal unitPrice,

        @Schema(type = SchemaType.STRING, description = "taken off the line as a whole", examples = "0.00")
        BigDecimal discount,

        @Schema(
                type = SchemaType.STRING,
                description = "what was paid for the line after its discount; needed only where quantity × unitPrice"
                        + " − discount does not say it")
        BigDecimal amount,

        @Schema(description = "units given back so far") Long returnedQuantity) {

    static final long MOST_UNITS = 1_000_000;

    OrderContent.Line checked(Checks checks, String at, Settings merchant) {
        String currency = merchant.currency();
        long units = units(checks, at + ".quantity", quantity);
        BigDecimal price = unitPrice == null ? null : Amounts.unitPrice(checks, at + ".unitPrice", unitPrice);
        long off = discount == null ? 0 : Amounts.exact(checks, at + ".discount", discount, currency);
        long paid = 0;
        if (amount != null) {
            paid = Amounts.exact(checks, at + ".amount", amount, currency);
        } else if (price != null) {
            long gross = Amounts.line(checks, at + ".unitPrice", units, price, currency);
            if (off > gross) {
                checks.violate(at + ".discount", "must not be more than quantity × unitPrice");
            }
            paid = Math.max(0, gross - off);
        } else {
            checks.violate(at + ".unitPrice", "is required, or amount");
        }
        long returned = returnedQuantity == null ? 0 : returnedQuantity;
        if (returned < 0 || returned > units) {
            checks.violate(at + ".returnedQuantity", "must be 0 to quantity");
            returned = 0;
        }
        return new OrderContent.Line(
                checks.text(at + ".productCode", productCode, 100),
                checks.text(at + ".productName", productName, 300),
                checks.text(at + ".category", category, 200),
                units,
                price,
                off,
                paid,
                returned);
    }

    static long units(Checks checks, String field, Long value) {
        if (value == null) {
            checks.violate(field, "is required");
            return 1;
        }
        if (value < 1 || value > MOST_UNITS) {
            checks.violate(field, "must be 1 to %,d".formatted(MOST_UNITS));
            return 1;
        }
        return value;
    }
}
