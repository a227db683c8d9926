package io.regulars.campaign.audience;

import java.util.Map;

import static io.regulars.campaign.audience.Qualifier.CAMPAIGN;
import static io.regulars.campaign.audience.Qualifier.CATEGORY;
import static io.regulars.campaign.audience.Qualifier.CHANNEL;
import static io.regulars.campaign.audience.Qualifier.COUPON;
import static io.regulars.campaign.audience.Qualifier.KIND;
import static io.regulars.campaign.audience.Qualifier.PRODUCT;

/// What is counted or summed up of rows beside the copy, under the alias `t`. Each of the tables has an index by
/// merchant and customer, for some customers, and one for a whole shop.
enum Tally {
    ORDERS("purchase_order", "t.kept is not null", "count(*)", true, Window.PAST, "t.placed_at", Map.of()),
    PURCHASE_DAYS(
            "purchase_order",
            "t.kept is not null and t.placed_at is not null",
            "count(distinct (t.placed_at at time zone :zone)::date)",
            true,
            Window.PAST,
            "t.placed_at",
            Map.of()),
    SPENT("purchase_order", "t.kept is not null", "sum(t.kept)", false, Window.PAST, "t.placed_at", Map.of()),
    BOUGHT_ORDERS("purchase", "true", "count(distinct t.order_id)", true, Window.PAST, "t.ordered_at", goods()),
    BOUGHT_UNITS("purchase", "true", "sum(t.quantity)", true, Window.PAST, "t.ordered_at", goods()),
    BOUGHT_AMOUNT("purchase", "true", "coalesce(sum(t.amount), 0)", false, Window.PAST, "t.ordered_at", goods()),
    CATEGORIES(
            "purchase",
            "t.category is not null",
            "count(distinct t.category)",
            true,
            Window.PAST,
            "t.ordered_at",
            Map.of()),
    ACTS("act", "true", "count(*)", true, Window.PAST, "t.at", Map.of(KIND, "t.kind")),
    SENT(Contacts.SENT),
    DELIVERED(Contacts.DELIVERED),
    OPENED(Contacts.OPENED),
    CLICKED(Contacts.CLICKED),
    BOUNCED(Contacts.BOUNCED),
    COUPONS_HELD("coupon_code", Tally.VALID, "count(*)", true, Window.NONE, null, Map.of(COUPON, "t.coupon_id")),
    COUPONS_REDEEMED(
            "coupon_code",
            "t.state = 'redeemed'",
            "count(*)",
            true,
            Window.PAST,
            "t.redeemed_at",
            Map.of(COUPON, "t.coupon_id")),
    COUPONS_EXPIRING(
            "coupon_code",
            Tally.VALID,
            "count(*)",
            true,
            Window.COMING,
            "t.valid_until",
            Map.of(COUPON, "t.coupon_id")),
    /// One row a customer: nothing to sum up. Of who never had any there is none.
    POINTS("point_balance", "true", "t.points", false, Window.NONE, null, Map.of()),
    POINTS_EXPIRING(
            "point_lot", "t.points_left > 0", "sum(t.points_left)", true, Window.COMING, "t.expires_at", Map.of());

    /// Which time `within` speaks of, and whether it may be left out.
    enum Window {
        /// There is no time to it.
        NONE,
        /// So long ago at most; all of the past where it is left out.
        PAST,
        /// So soon at the latest; must be said.
        COMING
    }

    private static final String VALID =
            "t.state in ('issued', 'reserved') and (t.valid_until is null or t.valid_until > :now)";

    private final String table;
    private final String which;
    private final String measure;
    private final boolean countsRows;
    private final Window window;
    private final String at;
    private final Map<Qualifier, String> qualifiers;

    Tally(
            String table,
            String which,
            String measure,
            boolean countsRows,
            Window window,
            String at,
            Map<Qualifier, String> qualifiers) {
        this.table = table;
        this.which = which;
        this.measure = measure;
        this.countsRows = countsRows;
        this.window = window;
        this.at = at;
        this.qualifiers = qualifiers;
    }

    Tally(int kind) {
        this(
                "contact",
                "t.kind = " + kind,
                "count(*)",
                true,
                Window.PAST,
                "t.at",
                Map.of(CHANNEL, "t.channel", CAMPAIGN, "t.campaign_id"));
    }

    private static Map<Qualifier, String> goods() {
        return Map.of(PRODUCT, "t.product_code", CATEGORY, "t.category");
    }

    String table() {
        return table;
    }

    String which() {
        return which;
    }

    String measure() {
        return measure;
    }

    /// Whether the measure is 1 or more as soon as there is a row.
    boolean countsRows() {
        return countsRows;
    }

    boolean oneRow() {
        return this == POINTS;
    }

    Window window() {
        return window;
    }

    String at() {
        return at;
    }

    /// The column of each that it knows.
    Map<Qualifier, String> qualifiers() {
        return qualifiers;
    }
}
