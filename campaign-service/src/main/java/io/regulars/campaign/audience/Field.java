package io.regulars.campaign.audience;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static io.regulars.campaign.audience.FieldType.AGO;
import static io.regulars.campaign.audience.FieldType.AMOUNT;
import static io.regulars.campaign.audience.FieldType.COUNT;
import static io.regulars.campaign.audience.FieldType.DAY;
import static io.regulars.campaign.audience.FieldType.MONEY;
import static io.regulars.campaign.audience.FieldType.NUMBER;
import static io.regulars.campaign.audience.FieldType.PURCHASE;
import static io.regulars.campaign.audience.FieldType.SET;
import static io.regulars.campaign.audience.FieldType.TEXT;

/// What a condition can ask of a customer: the one definition that the reader, the SQL, the words for people and the
/// JSON Schema go by. `sql` is over the copy under the alias `a`.
public enum Field {
    TIER("tier", TEXT, "a.tier", "等级", "tier"),
    TIER_RANK("tierRank", NUMBER, "a.tier_rank", "等级序号", "rank of the tier"),
    GROUP("group", TEXT, "a.group_key", "RFM 分组", "RFM group"),
    STAGE("stage", TEXT, "a.stage", "生命周期阶段", "lifecycle stage"),
    FREQUENCY_CLASS("frequencyClass", TEXT, classOf("frequency"), "频次类别", "class by frequency"),
    AMOUNT_CLASS("amountClass", TEXT, classOf("amount"), "金额类别", "class by amount"),
    ORDER_VALUE_CLASS("orderValueClass", TEXT, classOf("orderValue"), "客单价类别", "class by order value"),
    INTERACTION_CLASS("interactionClass", TEXT, classOf("interaction"), "互动类别", "class by interaction"),
    SATISFACTION_CLASS("satisfactionClass", TEXT, classOf("satisfaction"), "满意度类别", "class by satisfaction"),
    CHURN_WARNING("churnWarning", FieldType.FLAG, "(a.churn_step > 0)", "流失预警", "warning of churn"),
    FREQUENCY("frequency", NUMBER, "a.frequency", "购买频次", "frequency"),
    MONETARY("monetary", MONEY, "a.monetary", "消费金额", "monetary value"),
    AVERAGE_ORDER_VALUE(
            "averageOrderValue",
            MONEY,
            "(case when a.frequency > 0 then a.monetary / a.frequency end)",
            "客单价",
            "average order value"),
    LAST_ORDER_DAY("lastOrderDay", DAY, "a.last_order_day", "最近下单日", "last order"),
    DAYS_SINCE_ORDER("daysSinceOrder", AGO, "a.last_order_day", "距上次下单天数", "days since the last order"),
    CUSTOMER_SINCE("customerSince", DAY, "a.customer_since", "成为顾客日", "customer since"),
    REGION("region", TEXT, "a.region", "地区", "region"),
    CITY("city", TEXT, "a.city", "城市", "city"),
    GENDER("gender", TEXT, "a.gender", "性别", "gender"),
    LANGUAGE("language", TEXT, "a.language", "语言", "language"),
    NEED_TYPE("needType", TEXT, "a.need_type", "需求类型", "need type"),
    BIRTHDAY_MONTH("birthdayMonth", NUMBER, "(a.birth_day / 100)", "生日月份", "month of the birthday"),
    BIRTHDAY("birthday", FieldType.YEARLY, "a.birth_day", "生日", "birthday"),
    TAGS("tags", SET, "a.tags", "标签", "tags"),
    CAMPAIGN_TAGS("campaignTags", SET, (String) null, "活动标签", "tags by campaigns"),
    INTERESTS("interests", SET, "a.interests", "兴趣", "interests"),
    CONSENT("consent", FieldType.CONSENT, (String) null, "同意接收", "consent"),
    BOUGHT("bought", PURCHASE, "p.product_code", "购买过商品", "bought the product"),
    BOUGHT_CATEGORY("boughtCategory", PURCHASE, "p.category", "购买过品类", "bought of the category"),
    RUNNING_OUT("runningOut", SET, (String) null, "即将用完的商品", "products that run out"),
    ORDERS("orders", COUNT, Tally.ORDERS, "订单数", "orders"),
    PURCHASE_DAYS("purchaseDays", COUNT, Tally.PURCHASE_DAYS, "购买天数", "days of purchase"),
    SPENT("spent", AMOUNT, Tally.SPENT, "累计消费", "spent"),
    BOUGHT_ORDERS("boughtOrders", COUNT, Tally.BOUGHT_ORDERS, "购买次数", "times bought"),
    BOUGHT_UNITS("boughtUnits", COUNT, Tally.BOUGHT_UNITS, "购买件数", "units bought"),
    BOUGHT_AMOUNT("boughtAmount", AMOUNT, Tally.BOUGHT_AMOUNT, "购买金额", "spent on products"),
    CATEGORIES("categories", COUNT, Tally.CATEGORIES, "购买品类数", "categories bought"),
    INTERACTIONS("interactions", COUNT, Tally.ACTS, "互动次数", "interactions"),
    MESSAGES_SENT("messagesSent", COUNT, Tally.SENT, "已发送消息", "messages sent"),
    MESSAGES_DELIVERED("messagesDelivered", COUNT, Tally.DELIVERED, "已送达消息", "messages delivered"),
    MESSAGES_OPENED("messagesOpened", COUNT, Tally.OPENED, "已打开消息", "messages opened"),
    MESSAGES_CLICKED("messagesClicked", COUNT, Tally.CLICKED, "已点击消息", "messages clicked"),
    MESSAGES_BOUNCED("messagesBounced", COUNT, Tally.BOUNCED, "被退回消息", "messages bounced"),
    COUPONS_HELD("couponsHeld", COUNT, Tally.COUPONS_HELD, "可用优惠券", "coupons held"),
    COUPONS_REDEEMED("couponsRedeemed", COUNT, Tally.COUPONS_REDEEMED, "已核销优惠券", "coupons redeemed"),
    COUPONS_EXPIRING("couponsExpiring", COUNT, Tally.COUPONS_EXPIRING, "即将过期优惠券", "coupons about to expire"),
    POINTS("points", FieldType.BALANCE, Tally.POINTS, "积分", "points"),
    POINTS_EXPIRING("pointsExpiring", COUNT, Tally.POINTS_EXPIRING, "即将过期积分", "points about to expire"),
    SEGMENT("segment", FieldType.SEGMENT, (String) null, "人群", "segment"),
    ATTRIBUTE("attributes", FieldType.ATTRIBUTE, (String) null, "自定义属性", "attribute");

    private final String json;
    private final FieldType type;
    private final String sql;
    private final Tally tally;
    private final Words words;

    Field(String json, FieldType type, String sql, String zh, String en) {
        this.json = json;
        this.type = type;
        this.sql = sql;
        this.tally = null;
        this.words = new Words(zh, en);
    }

    Field(String json, FieldType type, Tally tally, String zh, String en) {
        this.json = json;
        this.type = type;
        this.sql = null;
        this.tally = tally;
        this.words = new Words(zh, en);
    }

    private static String classOf(String name) {
        return "(a.class_steps -> '" + name + "' ->> 'key')";
    }

    public String json() {
        return json;
    }

    FieldType type() {
        return type;
    }

    String sql() {
        return sql;
    }

    /// What it counts of rows beside the copy; null where it is of the copy itself.
    Tally tally() {
        return tally;
    }

    Words words() {
        return words;
    }

    Set<Op> ops() {
        return type.ops();
    }

    Tally.Window window() {
        return type == PURCHASE ? Tally.Window.PAST : tally == null ? Tally.Window.NONE : tally.window();
    }

    Set<Qualifier> qualifiers() {
        return tally == null ? Set.of() : tally.qualifiers().keySet();
    }

    static Optional<Field> named(String json) {
        return Arrays.stream(values()).filter(field -> field.json.equals(json)).findFirst();
    }

    static String names() {
        return Arrays.stream(values())
                .map(field -> field == ATTRIBUTE ? "attributes.<name>" : field.json)
                .collect(Collectors.joining(", "));
    }
}
