package io.regulars.faults.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.regulars.faults.rig.Rig;
import io.regulars.faults.rig.Sql;
import io.regulars.faults.workload.Shop;

/// The state of the services that live by events, row by row, without the instants at which rows were written.
public record Fingerprint(Map<String, List<String>> tables) {

    private static final Map<String, String> SCORING = Map.of(
            "history",
            "select customer_id, customer_version, external_id, days, orders, amounts, promotions, promotion_amounts,"
                    + " acts, bought, categories from history",
            "purchase_order",
            "select customer_id, order_id, version, status, counted, day, amount from purchase_order",
            "order_line",
            "select customer_id, order_id, line_no, product_code, kept_quantity, kept_amount from order_line",
            "interaction",
            "select customer_id, interaction_id, kind from interaction",
            "score",
            """
            select customer_id, version, frequency, monetary, last_order_day, tier, tier_rank, falls_at, rfm_group,
              stage, open_windows, tier_seq, group_seq, stage_seq, churn, churn_since, churn_seq from score""",
            "score_step",
            "select customer_id, dimension, seq, key, previous, since, backfill from score_step",
            "forecast",
            "select customer_id, product_code, cause_order_id, opens_at, closes_at, basis from forecast");

    private static final Map<String, String> CAMPAIGN = Map.of(
            "audience",
            """
            select customer_id, profile_version, score_version, email, phone, sms_consent, email_consent, inbox_consent,
              tier, tier_seq, group_key, group_seq, stage, stage_seq, windows from audience""",
            "purchase",
            "select customer_id, order_id, product_code, quantity from purchase",
            "enrolment",
            "select customer_id, campaign_id, occurrence, state, step from enrolment",
            "message",
            "select customer_id, campaign_id, occurrence, step, channel, state from message",
            "coupon_code",
            "select customer_id, code, state, order_id from coupon_code");

    public static Fingerprint of(Rig rig, List<Shop> shops) {
        var tables = new TreeMap<String, List<String>>();
        try (var databases = rig.databases()) {
            for (var shop : shops) {
                SCORING.forEach((table, sql) ->
                        tables.put("scoring " + table + " " + shop.name(), rows(databases.scoring(), sql, shop)));
                CAMPAIGN.forEach((table, sql) ->
                        tables.put("campaign " + table + " " + shop.name(), rows(databases.campaign(), sql, shop)));
            }
        }
        tables.put("mail", List.of(Long.toString(rig.mail().total())));
        tables.put("sms", List.of(Long.toString(rig.smsSandbox().total())));
        return new Fingerprint(tables);
    }

    private static List<String> rows(Sql sql, String query, Shop shop) {
        return sql.values(query + " where merchant_id = ?", shop.merchantId()).stream()
                .map(Arrays::deepToString)
                .sorted()
                .toList();
    }

    /// @param by what came between the two
    public List<Violation> changesTo(Fingerprint after, String by) {
        var finding = new Finding("I14");
        tables.forEach((table, rows) ->
                finding.same(table + " changed by " + by, rows, after.tables().get(table)));
        return finding.violations();
    }
}
