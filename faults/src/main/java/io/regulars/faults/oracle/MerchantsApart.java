package io.regulars.faults.oracle;

import java.util.HashSet;
import java.util.List;

import io.regulars.faults.rig.Sql;
import io.regulars.faults.workload.Shop;

/// I11: nothing crosses merchants: no row, no message, no answer.
final class MerchantsApart implements Invariant {

    private static final List<String> SCORING =
            List.of("history", "purchase_order", "score", "score_step", "review", "forecast", "interaction");
    private static final List<String> CAMPAIGN =
            List.of("audience", "purchase_order", "purchase", "enrolment", "message", "inbox_message", "coupon_code");

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I11");
        for (var shop : evidence.shops()) {
            var own = new HashSet<Long>();
            evidence.customer()
                    .rows("select customer_id from customer where merchant_id = ?", shop.merchantId())
                    .forEach(row -> own.add(row.number("customer_id")));
            rows(finding, shop, own, evidence.scoring(), SCORING);
            rows(finding, shop, own, evidence.campaign(), CAMPAIGN);
            messages(finding, evidence, shop);
            answers(finding, shop);
        }
        return finding.violations();
    }

    private static void rows(Finding finding, Shop shop, HashSet<Long> own, Sql sql, List<String> tables) {
        for (var table : tables) {
            sql.rows("select distinct customer_id from " + table + " where merchant_id = ?", shop.merchantId()).stream()
                    .filter(row -> !own.contains(row.number("customer_id")))
                    .forEach(row -> finding.violated(
                            "a row of " + table + " is about another merchant's customer", shop.name() + " " + row));
        }
    }

    /// Every text of the workload names its shop.
    private static void messages(Finding finding, Evidence evidence, Shop shop) {
        var mails = shop.customers().stream().map(shop::email).toList();
        var phones = shop.customers().stream().map(shop::phone).toList();
        evidence.mails().stream()
                .filter(mail -> mails.contains(mail.to()))
                .filter(mail -> !mail.text().startsWith(shop.name() + ":"))
                .forEach(mail -> finding.violated("an e-mail is another shop's", shop.name() + " mail " + mail.id()));
        evidence.sms().stream()
                .filter(sms -> phones.contains(sms.to()))
                .filter(sms -> !sms.text().contains("【" + shop.name() + "】"))
                .forEach(sms -> finding.violated("an SMS is another shop's", shop.name() + " " + sms.id()));
    }

    private static void answers(Finding finding, Shop shop) {
        for (var customer : shop.customers().subList(0, 3)) {
            var email = shop.client()
                    .get("/api/customer/v1/customers/ext:" + customer)
                    .path("email")
                    .asText();
            finding.unless(
                    email.equals(shop.email(customer)),
                    "a merchant is shown another's customer",
                    shop.name() + " " + customer);
        }
    }
}
