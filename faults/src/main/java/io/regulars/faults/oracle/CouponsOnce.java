package io.regulars.faults.oracle;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.regulars.faults.rig.Operation;
import io.regulars.faults.workload.Shop;

/// I9: a coupon code is redeemed by one order, and no more codes are issued than there is stock.
final class CouponsOnce implements Invariant {

    private static final String CODES = "select id, code, state, order_id from coupon_code where merchant_id = ?";
    private static final String COUPONS = """
            select c.id, c.stock, c.issued,
              (select count(*) from coupon_code k where k.merchant_id = c.merchant_id and k.coupon_id = c.id) as codes
            from coupon c where merchant_id = ?
            """;

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I9");
        for (var shop : evidence.shops()) {
            codes(finding, evidence, shop);
            for (var coupon : evidence.campaign().rows(COUPONS, shop.merchantId())) {
                finding.unless(
                        coupon.number("codes") == coupon.number("issued")
                                && (coupon.get("stock") == null || coupon.number("codes") <= coupon.number("stock")),
                        "more codes than stock, or than were counted",
                        shop.name() + " " + coupon);
            }
        }
        return finding.violations();
    }

    private static void codes(Finding finding, Evidence evidence, Shop shop) {
        var redeems = evidence.operations("redeem", shop).stream().collect(Collectors.groupingBy(Operation::thing));
        var engaged = evidence.engagements().stream()
                .filter(event -> event.path("merchantId").asInt() == shop.merchantId())
                .filter(event -> event.path("engagementId").asText().endsWith(":redeemed"))
                .collect(Collectors.groupingBy(
                        event -> event.path("engagementId").asText(), Collectors.toSet()));
        var known = evidence.campaign().rows(CODES, shop.merchantId());
        for (var code : known) {
            var told = redeems.getOrDefault(code.text("code"), List.of());
            var winners = told.stream()
                    .filter(Operation::accepted)
                    .map(one -> one.body().path("orderId").asText())
                    .distinct()
                    .toList();
            finding.unless(winners.size() <= 1, "a code was redeemed by several orders", shop.name() + " " + winners);
            finding.unless(
                    winners.isEmpty() || winners.getFirst().equals(code.text("order_id")),
                    "the order that redeemed a code is not the one that is kept",
                    shop.name() + " " + code + ", answered " + winners);
            finding.unless(
                    !code.text("state").equals("redeemed")
                            || !winners.isEmpty()
                            || told.stream().anyMatch(Operation::open),
                    "a code is redeemed, and nobody was told so",
                    shop.name() + " " + code);
            var engagements = engaged.getOrDefault("k" + code.number("id") + ":redeemed", Set.of())
                    .size();
            finding.unless(
                    engagements == (code.text("state").equals("redeemed") ? 1 : 0),
                    "a redeemed code was told " + engagements + " times",
                    shop.name() + " " + code);
        }
        var codes = known.stream().map(row -> row.text("code")).collect(Collectors.toSet());
        evidence.operations("issue", shop).stream()
                .filter(Operation::accepted)
                .map(one -> one.answer().path("code").asText())
                .filter(code -> !codes.contains(code))
                .forEach(code -> finding.violated("a code that was handed out is not there", shop.name() + " " + code));
    }
}
