package io.regulars.campaign.audience;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Lays people into the tables, as what tells of them would have done.
record PeopleRows(Jdbi jdbi) {

    private static final int FIRST = 1_450_101;
    private static final JsonMapper JSON = new JsonMapper();

    void insert(int merchant, List<Person> people) {
        jdbi.useHandle(handle -> {
            RandomPeople.COUPONS.forEach(coupon -> handle.execute("""
                    insert into coupon (merchant_id, id, name, kind, created_at, updated_at)
                    values (?, ?, 'c', 'free-shipping', now(), now())""", merchant, coupon(merchant, coupon)));
            people.forEach(person -> {
                customer(handle, merchant, person);
                bought(handle, merchant, person);
                reached(handle, merchant, person);
                owned(handle, merchant, person);
            });
        });
    }

    void segment(int merchant, long id, JsonNode condition) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into segment (merchant_id, id, revision, name, condition, created_at, updated_at, updated_by)
                overriding system value values (?, ?, 1, 'n', ?::jsonb, now(), now(), 'test')""", merchant, id, condition.toString()));
    }

    /// Ids of coupons are one merchant's each: those of the other shop are others.
    private static long coupon(int merchant, long coupon) {
        return coupon + (merchant - FIRST) * 10L;
    }

    private static void customer(Handle handle, int merchant, Person one) {
        var texts = one.texts();
        var classes = JSON.createObjectNode();
        List.of(
                        Field.FREQUENCY_CLASS,
                        Field.AMOUNT_CLASS,
                        Field.ORDER_VALUE_CLASS,
                        Field.INTERACTION_CLASS,
                        Field.SATISFACTION_CLASS)
                .forEach(field -> {
                    if (texts.containsKey(field)) {
                        String name = field.json().replace("Class", "");
                        classes.putObject(name).put("key", texts.get(field)).put("seq", 1);
                    }
                });
        var windows = JSON.createArrayNode();
        one.windows().forEach(product -> windows.addObject().put("productCode", product));
        handle.createUpdate("""
                        insert into audience (merchant_id, customer_id, profile_version, tier, group_key, stage, region, city,
                          gender, language, need_type, tier_rank, churn_step, frequency, monetary, last_order_day,
                          customer_since, birthday, tags, interests, windows, class_steps, attributes, email_consent,
                          sms_consent, inbox_consent)
                        values (:merchant, :id, 1, :tier, :group, :stage, :region, :city, :gender, :language, :need, :rank,
                          :churn, :frequency, :monetary, :lastOrder, :since, :birthday, :tags, :interests, :windows::jsonb,
                          :classes::jsonb, :attributes::jsonb, :email, :sms, :inbox)""")
                .bind("merchant", merchant)
                .bind("id", one.id())
                .bind("tier", texts.get(Field.TIER))
                .bind("group", texts.get(Field.GROUP))
                .bind("stage", texts.get(Field.STAGE))
                .bind("region", texts.get(Field.REGION))
                .bind("city", texts.get(Field.CITY))
                .bind("gender", texts.get(Field.GENDER))
                .bind("language", texts.get(Field.LANGUAGE))
                .bind("need", texts.get(Field.NEED_TYPE))
                .bind("rank", one.tierRank())
                .bind("churn", one.churnStep())
                .bind("frequency", one.frequency())
                .bind("monetary", one.monetary())
                .bind("lastOrder", one.lastOrderDay())
                .bind("since", one.since())
                .bind("birthday", one.birthday())
                .bindArray("tags", String.class, List.copyOf(one.tags()))
                .bindArray("interests", String.class, List.copyOf(one.interests()))
                .bind("windows", windows.toString())
                .bind("classes", classes.toString())
                .bind("attributes", JSON.valueToTree(one.attributes()).toString())
                .bind("email", one.email())
                .bind("sms", one.sms())
                .bind("inbox", one.inbox())
                .execute();
        one.campaignTags()
                .forEach(tag ->
                        handle.execute("insert into customer_tag values (?, ?, ?, now())", merchant, one.id(), tag));
    }

    private static void bought(Handle handle, int merchant, Person one) {
        one.orders().forEach(order -> {
            handle.execute(
                    "insert into purchase_order (merchant_id, customer_id, order_id, version, placed_at, kept) values (?, ?, ?, 1, ?, ?)",
                    merchant,
                    one.id(),
                    order.id(),
                    order.at(),
                    order.kept());
            order.lines()
                    .forEach(line -> handle.execute(
                            "insert into purchase (merchant_id, customer_id, order_id, product_code, category, ordered_at, quantity, amount) values (?, ?, ?, ?, ?, ?, ?, ?)",
                            merchant,
                            one.id(),
                            order.id(),
                            line.product(),
                            line.category(),
                            order.at(),
                            line.units(),
                            line.amount()));
        });
    }

    private static void reached(Handle handle, int merchant, Person one) {
        one.acts()
                .forEach(act -> handle.execute(
                        "insert into act (merchant_id, customer_id, interaction_id, kind, at) values (?, ?, ?, ?, ?)",
                        merchant,
                        one.id(),
                        act.id(),
                        act.kind(),
                        act.at()));
        one.contacts()
                .forEach(contact -> handle.execute(
                        "insert into contact (merchant_id, customer_id, message_id, kind, channel, campaign_id, at) values (?, ?, ?, ?, ?, ?, ?)",
                        merchant,
                        one.id(),
                        contact.message(),
                        contact.kind(),
                        Contacts.code(contact.channel()),
                        contact.campaign(),
                        contact.at()));
    }

    private static void owned(Handle handle, int merchant, Person one) {
        int number = 0;
        for (Person.Coupon coupon : one.coupons()) {
            handle.execute(
                    "insert into coupon_code (merchant_id, customer_id, coupon_id, code, state, issued_at, valid_until, redeemed_at, order_id) values (?, ?, ?, ?, ?, now(), ?, ?, ?)",
                    merchant,
                    one.id(),
                    coupon(merchant, coupon.coupon()),
                    "C" + one.id() + "-" + ++number,
                    coupon.redeemedAt() == null ? "issued" : "redeemed",
                    coupon.validUntil(),
                    coupon.redeemedAt(),
                    coupon.redeemedAt() == null ? null : "o" + number);
        }
        if (one.points() != null) {
            handle.execute("insert into point_balance values (?, ?, ?)", merchant, one.id(), one.points());
        }
        number = 0;
        for (Person.Lot lot : one.lots()) {
            handle.execute(
                    "insert into point_lot values (?, ?, ?, ?, ?)",
                    merchant,
                    one.id(),
                    ++number,
                    lot.points(),
                    lot.expiresAt());
        }
    }
}
