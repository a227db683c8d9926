package io.regulars.faults.day;

import java.util.LinkedHashMap;
import java.util.Map;

import io.regulars.faults.rig.Rig;
import io.regulars.faults.rig.Sql;
import io.regulars.faults.workload.Shop;

/// What there was, for people and for machines.
record Counts(Map<String, Long> all) {

    private static final String STEPS = """
            select dimension || case when backfill then ' steps of history' else ' steps of the day' end as what,
              count(*) as many
            from score_step where merchant_id = ? and dimension in ('tier', 'stage') group by 1 order by 1
            """;

    private static final String ENROLMENTS = """
            select 'enrolled by ' || coalesce(c.playbook, c.name) as what, count(*) as many
            from enrolment e join campaign c on c.merchant_id = e.merchant_id and c.id = e.campaign_id
            where e.merchant_id = ? group by 1 order by 1
            """;

    private static final String MESSAGES = """
            select channel || ' ' || state as what, count(*) as many from message
            where merchant_id = ? group by 1 order by 1
            """;

    /// Each message once, whatever became of it afterwards.
    private static final String HELD = """
            select count(*) from message where merchant_id = ?
              and exists (select from jsonb_array_elements(trail) as t (entry) where entry ->> 'reason' like ?)
            """;

    static Counts of(Rig rig, Shop shop, int lettersRead) {
        var merchant = shop.merchantId();
        var counts = new LinkedHashMap<String, Long>();
        try (var databases = rig.databases()) {
            counts.put("customers", number(databases.customer(), "customer", merchant));
            counts.put("orders", number(databases.customer(), "customer_order", merchant));
            counts.put(
                    "consents withdrawn",
                    databases
                            .customer()
                            .number(
                                    "select count(*) from consent_log where merchant_id = ? and not granted",
                                    merchant));
            add(counts, databases.scoring(), STEPS, merchant);
            add(counts, databases.campaign(), ENROLMENTS, merchant);
            add(counts, databases.campaign(), MESSAGES, merchant);
            counts.put("held by quiet hours", databases.campaign().number(HELD, merchant, "quiet hours%"));
            counts.put("held by a cap", databases.campaign().number(HELD, merchant, "cap of%"));
            counts.put("coupon codes", number(databases.campaign(), "coupon_code", merchant));
        }
        counts.put("letters read", (long) lettersRead);
        counts.put("e-mails received", rig.mail().total());
        counts.put("SMS received", rig.smsSandbox().total());
        return new Counts(counts);
    }

    private static long number(Sql sql, String table, int merchant) {
        return sql.number("select count(*) from " + table + " where merchant_id = ?", merchant);
    }

    private static void add(Map<String, Long> counts, Sql sql, String query, int merchant) {
        sql.rows(query, merchant).forEach(row -> counts.put(row.text("what"), row.number("many")));
    }

    String table() {
        var table = new StringBuilder();
        all.forEach((what, many) -> table.append("%-40s %,12d%n".formatted(what, many)));
        return table.toString();
    }
}
