package io.regulars.customer.product;

import java.math.BigDecimal;
import java.util.List;

import io.regulars.customer.input.Amounts;
import io.regulars.customer.input.Checks;
import io.regulars.customer.merchant.Settings;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A product as it is posted: all of it, what is absent is unknown.
record ProductInput(
        @Schema(description = "the merchant's own id, as order lines name it", examples = "WIPES-80", required = true)
        String code,

        @Schema(examples = "婴儿湿巾 80抽") String name,
        @Schema(examples = "湿巾") String category,

        @Schema(type = SchemaType.STRING, description = "in the merchant's currency", examples = "19.90")
        BigDecimal price,

        @Schema(description = "how many days one unit lasts a customer", examples = "20")
        Double lastsDays,

        @Schema(description = "codes of products to offer beside it")
        List<String> relatedCodes) {

    private static final double LONGEST = 3_650;

    ProductDraft checked(Settings merchant) {
        var checks = new Checks();
        if (lastsDays != null && !(lastsDays > 0 && lastsDays <= LONGEST)) {
            checks.violate("lastsDays", "must be more than 0 and at most 3,650");
        }
        var draft = new ProductDraft(
                checks.required("code", code, 100),
                checks.text("name", name, 300),
                checks.text("category", category, 200),
                price == null ? null : Amounts.exact(checks, "price", price, merchant.currency()),
                lastsDays,
                relatedCodes == null ? List.of() : checks.texts("relatedCodes", relatedCodes, 100, 100));
        checks.orThrow();
        return draft;
    }
}
