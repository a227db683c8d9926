package io.regulars.campaign.audience;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static io.regulars.campaign.audience.Field.Type.DAY;
import static io.regulars.campaign.audience.Field.Type.MONEY;
import static io.regulars.campaign.audience.Field.Type.NUMBER;
import static io.regulars.campaign.audience.Field.Type.PURCHASE;
import static io.regulars.campaign.audience.Field.Type.SET;
import static io.regulars.campaign.audience.Field.Type.TEXT;

/// What a condition can ask of a customer. `sql` is over the copy under the alias `a`.
public enum Field {
    TIER("tier", TEXT, "a.tier"),
    TIER_RANK("tierRank", NUMBER, "a.tier_rank"),
    GROUP("group", TEXT, "a.group_key"),
    STAGE("stage", TEXT, "a.stage"),
    FREQUENCY("frequency", NUMBER, "a.frequency"),
    MONETARY("monetary", MONEY, "a.monetary"),
    LAST_ORDER_DAY("lastOrderDay", DAY, "a.last_order_day"),
    CUSTOMER_SINCE("customerSince", DAY, "(a.customer_since at time zone :zone)::date"),
    REGION("region", TEXT, "a.region"),
    CITY("city", TEXT, "a.city"),
    GENDER("gender", TEXT, "a.gender"),
    LANGUAGE("language", TEXT, "a.language"),
    NEED_TYPE("needType", TEXT, "a.need_type"),
    BIRTHDAY_MONTH("birthdayMonth", NUMBER, "extract(month from a.birthday)::bigint"),
    TAGS("tags", SET, "a.tags"),
    CAMPAIGN_TAGS(
            "campaignTags",
            SET,
            "array(select t.tag from customer_tag t where t.merchant_id = a.merchant_id and t.customer_id = a.customer_id)"),
    INTERESTS("interests", SET, "a.interests"),
    CONSENT("consent", Type.CONSENT, null),
    BOUGHT("bought", PURCHASE, "p.product_code"),
    BOUGHT_CATEGORY("boughtCategory", PURCHASE, "p.category"),
    ATTRIBUTE("attributes", TEXT, null);

    /// Decides which operators make sense.
    enum Type {
        TEXT(EnumSet.of(Op.EQ, Op.NE, Op.IN, Op.NOT_IN, Op.KNOWN, Op.UNKNOWN)),
        NUMBER(EnumSet.of(
                Op.EQ, Op.NE, Op.IN, Op.NOT_IN, Op.LT, Op.LTE, Op.GT, Op.GTE, Op.BETWEEN, Op.KNOWN, Op.UNKNOWN)),
        MONEY(EnumSet.of(Op.EQ, Op.NE, Op.LT, Op.LTE, Op.GT, Op.GTE, Op.BETWEEN)),
        DAY(EnumSet.of(
                Op.EQ,
                Op.LT,
                Op.LTE,
                Op.GT,
                Op.GTE,
                Op.BETWEEN,
                Op.WITHIN_DAYS,
                Op.NOT_WITHIN_DAYS,
                Op.KNOWN,
                Op.UNKNOWN)),
        SET(EnumSet.of(Op.HAS, Op.HAS_ALL, Op.HAS_NOT)),
        CONSENT(EnumSet.of(Op.HAS, Op.HAS_NOT)),
        PURCHASE(EnumSet.of(Op.HAS, Op.HAS_NOT));

        private final Set<Op> ops;

        Type(Set<Op> ops) {
            this.ops = ops;
        }

        Set<Op> ops() {
            return ops;
        }
    }

    private final String json;
    private final Type type;
    private final String sql;

    Field(String json, Type type, String sql) {
        this.json = json;
        this.type = type;
        this.sql = sql;
    }

    public String json() {
        return json;
    }

    Type type() {
        return type;
    }

    String sql() {
        return sql;
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
