package io.regulars.campaign.audience;

/// Narrows down what is counted: a text or a list of them beside the field, of which any will do.
enum Qualifier {
    CHANNEL("channel", "渠道", "channel"),
    CAMPAIGN("campaign", "活动", "campaign"),
    COUPON("coupon", "优惠券", "coupon"),
    PRODUCT("product", "商品", "product"),
    CATEGORY("category", "品类", "category"),
    KIND("kind", "类型", "kind");

    private final String json;
    private final Words words;

    Qualifier(String json, String zh, String en) {
        this.json = json;
        this.words = new Words(zh, en);
    }

    String json() {
        return json;
    }

    Words words() {
        return words;
    }

    /// Of the ids that it names; null where it names no ids.
    String idPrefix() {
        return switch (this) {
            case CAMPAIGN -> "cmp";
            case COUPON -> "cpn";
            case CHANNEL, PRODUCT, CATEGORY, KIND -> null;
        };
    }
}
