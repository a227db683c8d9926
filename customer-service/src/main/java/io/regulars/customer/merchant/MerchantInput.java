package io.regulars.customer.merchant;

import java.util.Currency;
import java.util.List;

import io.regulars.customer.input.Checks;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Settings as they are written.
public record MerchantInput(
        @Schema(examples = "小棉袄母婴") String name,

        @Schema(description = "IANA zone in which days begin", examples = "Asia/Shanghai")
        String timeZone,

        @Schema(description = "ISO 4217; fixed when the merchant is made", examples = "CNY")
        String currency,

        @Schema(description = "BCP 47 language of the shop's messages", examples = "zh-CN")
        String locale,

        @Schema(description = "codes in order lines that stand for no product, such as postage")
        List<String> nonProductCodes) {

    public MerchantInput checked(Checks checks) {
        return new MerchantInput(
                checks.required("name", name, 200),
                checks.timeZone("timeZone", checks.required("timeZone", timeZone, 64)),
                currency(checks),
                checks.language("locale", checks.required("locale", locale, 35)),
                nonProductCodes == null ? List.of() : checks.texts("nonProductCodes", nonProductCodes, 1_000, 100));
    }

    private String currency(Checks checks) {
        String code = checks.required("currency", currency, 3);
        if (code == null) {
            return null;
        }
        try {
            if (Currency.getInstance(code).getDefaultFractionDigits() >= 0) {
                return code;
            }
        } catch (IllegalArgumentException unknown) {
            checks.violate("currency", "is not an ISO 4217 currency such as CNY");
            return null;
        }
        checks.violate("currency", "is not a currency that is paid with");
        return null;
    }
}
